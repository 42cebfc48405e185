import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { linesOf } from './lines.ts'

// Protects the memory of whoever reads a file of somebody else: no line is longer than allowed, however it comes.

const linesIn = async (chunks: string[], limit: number) => {
  const lines = await Array.fromAsync(linesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), limit))
  return lines.map((line) => line?.toString() ?? null)
}

test.each([
  [['abcd\nabcde\nab\n'], ['abcd', null, 'ab']],
  [
    ['ab', 'cd', 'e\n', 'ab\n'],
    [null, 'ab'],
  ],
  [
    ['ab\nabc', 'de'],
    ['ab', null],
  ],
  [['a\n\nb'], ['a', '', 'b']],
])('%j has a line of at most four bytes, or none in its place', async (chunks, lines) => {
  expect(await linesIn(chunks, 4)).toEqual(lines)
})
