import { describe, expect, it } from 'vitest'
import type { GraphValue } from './inspection.ts'
import { sampleInputs } from './sample-inputs.ts'

const input = (Name: string, Shape: GraphValue['Shape'], ElementType: GraphValue['ElementType'] = 'float') => ({
  Name,
  Kind: 'tensor' as const,
  ElementType,
  Type: '',
  Shape,
  Initialized: false,
  Documentation: '',
  Option: null,
  Labels: [],
})

describe('what a model is tried on', () => {
  it('is samples, their rate, and a state of one batch for a speech model', () => {
    const silero = [input('input', [null, null]), input('state', [2, null, 128]), input('sr', [], 'int64')]
    expect(sampleInputs(silero)[0].Inputs).toEqual({
      input: { Random: 0, Shape: [1, 512] },
      state: { Random: 0, Shape: [2, 1, 128] },
      sr: { Data: 16_000 },
    })
  })

  it('is a window of samples where their axis is only called a sequence', () => {
    const legacy = [input('input', ['batch', 'sequence']), input('sr', [], 'int64')]
    expect(sampleInputs(legacy)[0].Dimensions).toEqual({ batch: 1, sequence: 512 })
  })

  it('is one picture with sides, and a sequence of some length', () => {
    const [{ Inputs, Dimensions }] = sampleInputs([
      input('image', [null, 3, null, null]),
      input('ids', ['batch_size', 'sequence_length', 'height']),
      input('sound', ['batch_size', 'num_samples']),
    ])
    expect(Inputs).toEqual({ image: { Random: 0, Shape: [1, 3, 224, 224] }, ids: { Random: 0 }, sound: { Random: 0 } })
    expect(Dimensions).toEqual({ batch_size: 1, sequence_length: 8, height: 224, num_samples: 512 })
  })

  it('is settings that go together for text generation', () => {
    expect(sampleInputs([input('max_length', [1], 'int32'), input('num_beams', [], 'int32')])[0].Inputs).toEqual({
      max_length: { Data: [20] },
      num_beams: { Data: 2 },
    })
  })

  it('is sizes that fit each other for a decoder, whose mask the runtime makes', () => {
    const [{ Inputs, Dimensions }] = sampleInputs([
      input('input_ids', ['batch', 'sequence_length'], 'int64'),
      input('attention_mask', ['batch', 'past_sequence_length + sequence_length'], 'int64'),
      input('past_key_values.0.key', ['batch', 4, 'past_sequence_length', null]),
    ])
    expect(Inputs).toEqual({ input_ids: { Random: 0 }, 'past_key_values.0.key': { Random: 0, Shape: [1, 4, 1, 1] } })
    expect(Dimensions).toEqual({
      batch: 1,
      sequence_length: 8,
      past_sequence_length: 1,
      'past_sequence_length + sequence_length': 9,
    })
  })

  it('is tried with larger sizes next, but not where nothing is open', () => {
    expect(sampleInputs([input('x', [null, null])]).map(({ Inputs }) => Inputs.x?.Shape)).toEqual([
      [1, 1],
      [1, 8],
      [1, 64],
      [1, 512],
    ])
    expect(sampleInputs([input('x', [1, 3])])).toHaveLength(1)
    expect(sampleInputs([])).toEqual([{ Inputs: {}, Dimensions: {} }])
  })
})
