import { afterEach, expect, it, vi } from 'vitest'
import { createPreparedExports } from './prepared-exports.ts'

// Protects the memory of a cabinet that is asked for exports which nobody fetches, and what was just asked for.

afterEach(() => void vi.useRealTimers())

const many = (count: number) => Array.from({ length: count }, () => 'a')

it('gives what was prepared, also a second time', () => {
  const exports = createPreparedExports()
  const { UUID, Count } = exports.add(['a', 'b'])
  expect(Count).toBe(2)
  expect(exports.get(UUID).functions).toEqual(['a', 'b'])
  expect(exports.get(UUID).functions).toEqual(['a', 'b'])
})

it('says of what was never prepared, and of nothing at all, that there is none', () => {
  const exports = createPreparedExports()
  expect(() => exports.get('nowhere')).toThrow('This export is no longer available')
  expect(() => exports.add([])).toThrow('nothing to export')
})

it('lets the oldest go where there are many', () => {
  const exports = createPreparedExports()
  const uuids = many(21).map((one) => exports.add([one]).UUID)
  expect(() => exports.get(uuids[0] ?? '')).toThrow('prepare it again')
  for (const uuid of uuids.slice(1)) expect(exports.get(uuid).functions).toEqual(['a'])
})

it('lets the oldest go where they are large, but never the newest', () => {
  const exports = createPreparedExports()
  const small = exports.add(['a']).UUID
  const large = exports.add(many(1_500_000)).UUID
  expect(exports.get(small).functions).toHaveLength(1)
  const next = exports.add(many(1_000_000)).UUID
  for (const gone of [small, large]) expect(() => exports.get(gone)).toThrow('prepare it again')
  expect(exports.get(next).functions).toHaveLength(1_000_000)
  const largest = exports.add(many(2_500_000)).UUID
  expect(exports.get(largest).functions).toHaveLength(2_500_000)
})

it('lets go what nobody fetched for a long time', () => {
  vi.useFakeTimers()
  const exports = createPreparedExports()
  const { UUID } = exports.add(['a'])
  vi.advanceTimersByTime(14 * 60_000)
  expect(exports.get(UUID).functions).toEqual(['a'])
  vi.advanceTimersByTime(60_000)
  expect(() => exports.get(UUID)).toThrow('prepare it again')
})
