import { expect, it } from 'vitest'
import { fuzz } from './run.ts'

// Protects the program from damaged and hostile files: each is read or refused in a sentence. `npm run fuzz` does the same with a million of them.

it.each([
  ['models', 800, ['read', 'truncated', 'damaged', 'not-onnx', 'no-graph']],
  ['archives', 200, ['read', 'invalid', 'too-large', 'unreadable model']],
  ['exports', 60, ['read', 'lines refused', 'no export', 'invalid']],
  ['databases', 40, ['read', 'invalid']],
  ['uploads', 30, ['read', '422']],
  ['imports', 24, ['read', 'refused']],
  ['damages', 3, []],
  ['restores', 6, ['read', 'failed', 'refused at once']],
] as const)('damaged %s are read or refused, never anything else', async (kind, inputs, outcomes) => {
  const result = await fuzz({ kind, inputs, seed: 20_261_130 })
  expect(result.inputs).toBeGreaterThanOrEqual(inputs)
  // The run is worth something only where it reached every kind of end.
  expect(Object.keys(result.outcomes)).toEqual(expect.arrayContaining([...outcomes]))
})
