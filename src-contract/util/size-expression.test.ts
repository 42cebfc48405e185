import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sizeExpression } from './size-expression.ts'

const sizes: Record<string, number> = { s0: 7, s1: 3, past_sequence_length: 4, sequence_length: 2, height: 9 }
const sizeOf = (text: string) => sizeExpression(text)?.value((name) => sizes[name] ?? Number.NaN)

describe('a size that is an expression', () => {
  it.each([
    ['past_sequence_length + sequence_length', 6],
    ['past_sequence_length+sequence_length', 6],
    ['2*s0', 14],
    ['s0 - 1', 6],
    ['-s1 + s0', 4],
    ['s0//2', 3],
    ['height / 2', 4],
    ['height/2', 4],
    ['floor(height/2 + 1/2)', 5],
    ['8*((s0 + 7)//8)', 8],
    ['Max(1, s0//10)', 1],
    ['Mod(s0, s1) + 1', 2],
    ['s0**2', 49],
    ['CeilDiv(s0, 2)', 4],
  ])('%s is %i', (text, value) => expect(sizeOf(text)).toBe(value))

  it.each([
    ...['N', '1', '-1', '2*3', 'batch-size', 'dim-0', 'N/A', 'unk__12', 'batch size', 'onnx::Slice_4', '?', ''],
    ...['s0 +', '(s0', 's0)', '* s0', 's0 s1', 'evil(s0)', 'constructor(s0)', 'a;b', 'x[1]', '2*', 's0,s1'],
  ])('is not %j', (text) => expect(sizeExpression(text)).toBeNull())

  it('is what it is made of, however it is nested', () => {
    const { tree } = fc.letrec<{ tree: [text: string, value: number] }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom<[string, number]>(['s0', 7], ['s1', 3], ['12', 12], ['1', 1]),
        fc
          .tuple(tie('tree'), fc.constantFrom('+', '-', '*'), tie('tree'))
          .map(([[a, x], sign, [b, y]]): [string, number] => [
            `(${a}) ${sign} (${b})`,
            sign === '+' ? x + y : sign === '-' ? x - y : x * y,
          ]),
      ),
    }))
    fc.assert(
      fc.property(tree, ([text, value]) => {
        const expression = sizeExpression(text)
        fc.pre(expression !== null)
        // A size is never -0, which the arithmetic of the test gives for 0 times a negative number.
        expect(expression?.value((name) => sizes[name] ?? Number.NaN)).toBe(value + 0)
      }),
    )
  })

  it('is never an error, nor long in coming, whatever is written there', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '+',
      '-',
      '*',
      '**',
      '//',
      '/',
      '%',
      ',',
      's0',
      '9',
      'Max(',
      ' ',
      '.',
      '\u0000',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          expect(typeof (sizeExpression(text)?.value(() => 2) ?? 0)).toBe('number')
        },
      ),
      { numRuns: 2000 },
    )
    for (const text of ['('.repeat(100_000), `${'-'.repeat(200)}s0`, `${'('.repeat(120)}s0${')'.repeat(120)}`])
      expect(sizeExpression(text)).toBeNull()
    expect(sizeExpression('9**9**9*s0')?.value(() => 1) ?? 0).toBe(0)
  })
})
