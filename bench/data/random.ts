/** Chance that comes out the same each time, so that runs can be compared. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number
  below(count: number): number
  /** @throws RangeError where there is none */
  pick<const T>(values: readonly T[]): T
  /** The first values much more often than the last, as words in a language are: by 1 / rank. */
  pickByRank<T>(values: readonly T[]): T | undefined
  chance(share: number): boolean
}

/** @param seed any whole number (generator: Mulberry32) */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    pick(values) {
      const picked = values[below(values.length)]
      if (picked === undefined) throw new RangeError('There is nothing to pick from.')
      return picked
    },
    // With the density 1 / x the logarithm of the place is even.
    pickByRank: (values) => values[Math.floor((values.length + 1) ** next()) - 1],
    chance: (share) => next() < share,
  }
}
