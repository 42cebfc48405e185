import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SizedInput, symbolicSizes } from './symbolic-sizes.ts'

const decoder = (tokens: string | number, mask: string, past: string): SizedInput[] => [
  { Name: 'input_ids', Shape: ['batch', tokens] },
  { Name: 'attention_mask', Shape: ['batch', mask] },
  { Name: 'past_key_values.0.key', Shape: ['batch', 2, past, 64] },
]
const sizesOf = (inputs: SizedInput[], known: Record<string, number> = {}, size = 1) =>
  Object.fromEntries(symbolicSizes(inputs, new Map(Object.entries(known)), () => size).sizes)

describe('the sizes of symbols', () => {
  it.each([
    ['a sum', decoder('seq', 'past + seq', 'past'), { seq: 4, past: 4, 'past + seq': 8 }],
    [
      'one more than the past, one token at a time',
      decoder('seq', 'past + 1', 'past'),
      { seq: 1, past: 4, 'past + 1': 5 },
    ],
    [
      "GenAI's total",
      decoder('sequence_length', 'total_sequence_length', 'past_sequence_length'),
      { total_sequence_length: 8 },
    ],
    [
      'a total of one fixed token',
      decoder(1, 'total_sequence_length', 'past_sequence_length'),
      { total_sequence_length: 5 },
    ],
    ["ONNX Runtime's total", decoder('seq_len', 'total_seq_len', 'past_seq_len'), { total_seq_len: 8 }],
    ['a mask of its own length', decoder('s', 'mask_len', 'past'), { mask_len: 8 }],
    ['a mask that is as long as the tokens', decoder('s', 's', 'past'), { s: 4 }],
    ["an encoder's keys", [{ Name: 'a', Shape: ['encoder_length', 'encoder_length_out'] }], { encoder_length_out: 4 }],
    ['an expression alone', [{ Name: 'a', Shape: ['2*s0'] }], { s0: 4, '2*s0': 8 }],
    ['no relation at all', [{ Name: 'a', Shape: ['batch-size', '1', 3, null] }], { 'batch-size': 4, '1': 4 }],
  ])('follow from each other: %s', (_, inputs, expected) => {
    expect(sizesOf(inputs, {}, 4)).toMatchObject(expected)
  })

  it('of expressions are never 0 for want of something to divide', () => {
    expect(sizesOf([{ Name: 'a', Shape: ['s0//2', 's0'] }])).toEqual({ 's0//2': 1, s0: 2 })
    expect(sizesOf([{ Name: 'a', Shape: ['s0//2', 's0'] }], { s0: 1 })).toEqual({ 's0//2': 0, s0: 1 })
  })

  it('follow from an expression whose size is known', () => {
    const inputs = decoder('seq', 'past + seq', 'past')
    expect(sizesOf(inputs, { 'past + seq': 9, past: 5 })).toMatchObject({ seq: 4 })
    expect(sizesOf(inputs, { 'past + seq': 9 })).toMatchObject({ seq: 1, past: 8 })
    expect(sizesOf(inputs, { seq: 3, past: 2, 'past + seq': 9 })).toMatchObject({ 'past + seq': 9 })
    expect(sizesOf([{ Name: 'a', Shape: ['s0 - 100', 's0'] }], { 's0 - 100': 4 })).toMatchObject({ s0: 104 })
  })

  it('asked for are those that nothing determines', () => {
    expect(symbolicSizes(decoder('seq', 'past + seq', 'past'), new Map()).free).toEqual(['batch', 'seq', 'past'])
    expect(symbolicSizes([{ Name: 'a', Shape: ['2*s0'] }], new Map()).free).toEqual(['s0'])
  })

  it('keep what is known and fit, for all sizes', () => {
    const size = fc.integer({ min: 1, max: 10_000 })
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 9 }), (past, seq, factor) => {
        const inputs: SizedInput[] = [{ Name: 'x', Shape: ['a', 'b', 'a + b', `${factor}*a`, `(a + b)//${factor}`] }]
        const known = { 'a + b': past + seq, [`${factor}*a`]: factor * past }
        expect(sizesOf(inputs, known)).toMatchObject({
          a: past,
          b: seq,
          [`(a + b)//${factor}`]: Math.floor((past + seq) / factor),
        })
      }),
    )
  })

  it('come to an end for hostile models', () => {
    const circle: SizedInput[] = [
      { Name: 'x', Shape: ['total_a', 'total_total_a', 'past_a', 'a', 'past_total_a', 'total_a + 1'] },
    ]
    expect(sizesOf(circle).total_a).toBe(2)
    const many = Array.from({ length: 20_000 }, (_, index) => `total_${index} + past_${index}`)
    expect(symbolicSizes([{ Name: 'x', Shape: many }], new Map()).sizes.size).toBeGreaterThanOrEqual(many.length)
  })
})
