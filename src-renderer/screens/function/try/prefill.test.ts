import { describe, expect, it } from 'vitest'
import type { GraphValue } from '../../../../src-contract/inspection.ts'
import { prefilled } from './prefill.ts'

const input = (
  Name: string,
  Shape: GraphValue['Shape'],
  ElementType: GraphValue['ElementType'] = 'float',
): GraphValue => ({
  Name,
  Kind: 'tensor',
  ElementType,
  Type: '',
  Shape,
  Initialized: false,
  Documentation: '',
  Option: null,
  Labels: [],
})

describe('filling a form in with something that runs', () => {
  it('gives a speech model samples, its rate, and a state of one batch', () => {
    const silero = [input('input', [null, null]), input('state', [2, null, 128]), input('sr', [], 'int64')]
    expect(prefilled(silero, [])[0].choices).toEqual({
      input: { kind: 'random', seed: 0, shape: '1×512' },
      state: { kind: 'random', seed: 0, shape: '2×1×128' },
      sr: { kind: 'json', text: '16000' },
    })
  })

  it('gives pictures sides, sequences a length, and one batch', () => {
    const [form] = prefilled([input('image', [null, 3, null, null])], ['batch_size', 'sequence_length', 'height'])
    expect(form.choices.image).toEqual({ kind: 'random', seed: 0, shape: '1×3×224×224' })
    expect(form.dimensions).toEqual({ batch_size: 1, sequence_length: 8, height: 224 })
  })

  it('gives text generation settings that go together', () => {
    const [form] = prefilled([input('max_length', [1], 'int32'), input('num_beams', [], 'int32')], [])
    expect(form.choices).toEqual({
      max_length: { kind: 'json', text: '[20]' },
      num_beams: { kind: 'json', text: '2' },
    })
  })

  it('has larger sizes to try next, but not where nothing is open', () => {
    expect(prefilled([input('x', [null, null])], []).map(({ choices }) => choices.x)).toEqual(
      ['1×1', '1×8', '1×64', '1×512'].map((shape) => ({ kind: 'random', seed: 0, shape })),
    )
    expect(prefilled([input('x', [1, 3])], [])).toHaveLength(1)
    expect(prefilled([], [])).toEqual([{ choices: {}, dimensions: {} }])
  })
})
