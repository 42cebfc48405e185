import { TRASH_TIME } from '../../files/file-store.ts'
import type { Looks } from '../../store/repositories/clock-repository.ts'

const DAY = 24 * 60 * 60 * 1000
/** Of the time between two looks at the clock so much counts for the trash at most: a clock that was put forward says nothing of how long things lay there. */
const COUNTED = 7 * DAY
const MOST_LEAPS = 100

/** Looks at the clock again; `leaps` are those of it that did not count in full. */
export function lookAgain({ at, leaps }: Looks, now: number): Looks {
  // What a clock that was put back has leapt over since has not been.
  const before = leaps.filter(({ to }) => to <= now)
  const leapt = now - at > COUNTED ? [{ from: at, to: now }] : []
  return { at: now, leaps: [...before, ...leapt].slice(-MOST_LEAPS) }
}

/** What came into the trash before this has been there for its 30 days. */
export function expiredBefore({ at, leaps }: Looks): number {
  let rest = TRASH_TIME
  let time = at
  for (const { from, to } of leaps.toReversed()) {
    if (time - to >= rest) break
    rest = Math.max(0, rest - (time - to) - COUNTED)
    time = from
  }
  return time - rest
}

/** When what came into the trash at a time will have been there for its 30 days. */
export function expiresAt(deletedAt: number, leaps: Looks['leaps']): number {
  let end = deletedAt + TRASH_TIME
  for (const { from, to } of leaps) {
    const rest = end - Math.max(from, deletedAt)
    if (to > deletedAt && rest > 0) end = to + Math.max(0, rest - COUNTED)
  }
  return end
}
