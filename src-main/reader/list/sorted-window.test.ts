import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bits, emptyBits, setBit } from '../search/bits.ts'
import { columnLevel, type Level, sortedWindow } from './sorted-window.ts'

/** The slots' numbers in three columns: few different ones, many, and all different. */
function columnsOf(count: number, seed: number) {
  const random = (at: number, salt: number) => {
    const mixed = Math.imul((at + seed) ^ salt, 0x9e3779b1)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const few = Float64Array.from({ length: count }, (_, at) => Math.floor(random(at, 1) * 3))
  const many = Float64Array.from({ length: count }, (_, at) =>
    random(at, 2) < 0.1 ? Number.POSITIVE_INFINITY : Math.floor(random(at, 3) * 1_000) - 500,
  )
  const unique = Int32Array.from({ length: count }, (_, at) => (at * 7 + seed) % count)
  return { few, many, unique }
}

function all(count: number): Bits {
  const bits = emptyBits(count)
  for (let slot = 0; slot < count; slot++) setBit(bits, slot)
  return bits
}

const sorted = (count: number, columns: readonly (readonly [ArrayLike<number>, number])[]) =>
  Array.from({ length: count }, (_, slot) => slot).sort((a, b) => {
    for (const [values, sign] of columns) {
      const [x, y] = [sign * (values[a] ?? 0), sign * (values[b] ?? 0)]
      if (x !== y) return x < y ? -1 : 1
    }
    return 0
  })

test('every window is that of the whole sort, whatever ties and infinities there are', () => {
  const size = fc.constantFrom(0, 1, 2, 30, 5_000, 20_011)
  fc.assert(
    fc.property(
      ...[size, fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(1, 50, 5_000, 1e9)],
      ...[fc.constantFrom(1, -1), fc.boolean()],
      (count, seed, place, limit, sign, fewFirst) => {
        const { few, many, unique } = columnsOf(count, seed)
        const head = fewFirst ? [few, many] : [many, few]
        const levels: Level[] = [...head.map((values) => columnLevel(values, sign)), columnLevel(unique)]
        const from = Math.floor(place * count)
        const to = Math.min(count, from + limit)
        const expected = sorted(count, [...head.map((values) => [values, sign] as const), [unique, 1] as const])
        expect([...sortedWindow(all(count), count, levels, { from, to })]).toEqual(expected.slice(from, to))
      },
    ),
    { numRuns: 80, endOnFailure: true },
  )
})

test('keys that all fall between the places of the sample are found all the same', () => {
  const count = 10_000
  // Each tenth slot, and so the sample, is large; the rest is small.
  const values = Float64Array.from({ length: count }, (_, at) => (at % 9 === 0 ? 1e6 + at : at))
  const whole = sorted(count, [[values, 1]])
  for (const from of [0, 4_321, 8_880, 9_950]) {
    expect([...sortedWindow(all(count), count, [columnLevel(values)], { from, to: from + 50 })]).toEqual(
      whole.slice(from, from + 50),
    )
  }
})
