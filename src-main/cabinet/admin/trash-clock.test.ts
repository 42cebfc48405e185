import { expect, test } from 'vitest'
import type { Looks } from '../../store/repositories/clock-repository.ts'
import { expiredBefore, expiresAt, lookAgain } from './trash-clock.ts'

// Protects the trash from a clock that is wrong: what a person may still want back would be gone for good.

const DAY = 24 * 60 * 60 * 1000
const start = Date.parse('2026-11-30')

/** The clock as it shows these days, counted from the start, one look after another. */
const seen = (...days: number[]) =>
  days.reduce<Looks>((looks, day) => lookAgain(looks, start + day * DAY), { at: start, leaps: [] })
/** Days, counted from the start, before which things have been in the trash for long enough. */
const expired = (looks: Looks) => (expiredBefore(looks) - start) / DAY
const daily = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

test('what lies in the trash for 30 days while the clock is right expires', () => {
  expect(expired(seen(...daily(0, 31)))).toBe(1)
  expect(expired(seen(5, 10, 17, 24, 31))).toBe(1)
})

test('a clock that leaps forward makes a week of it, and the days after it count', () => {
  expect(expired(seen(1, 400))).toBeLessThan(0)
  expect(expired(seen(1, ...daily(400, 422)))).toBeLessThan(1)
  expect(expired(seen(1, ...daily(400, 424)))).toBeGreaterThanOrEqual(1)
  expect(expired(seen(1, ...daily(400, 424)))).toBeLessThan(400)
})

test('a clock that is put back, or right again after it was, lets nothing expire', () => {
  expect(expired(seen(1, -400))).toBeLessThan(-400)
  expect(expired(seen(1, -400, 2))).toBeLessThan(-400)
  expect(expired(seen(1, 400, 2))).toBeLessThan(-27)
  expect(expired(seen(1, 400, ...daily(2, 31)))).toBe(1)
})

test('the day on which something expires is told with the leaps of the clock', () => {
  const days = (...of: number[]) => (expiresAt(start, seen(...of).leaps) - start) / DAY
  expect(days(1, 2)).toBe(30)
  expect(days(1, 400)).toBe(400 + 30 - 1 - 7)
  expect(days(1, 400, 401, 900)).toBe(900 + 30 - 1 - 7 - 1 - 7)
})
