/** A run of a sequence that repeats itself: from `start`, `count` times a pattern of `period`. */
export type Repeat = { start: number; period: number; count: number }

const LONGEST_PERIOD = 400
const FEWEST_TIMES = 3

/** A pattern of one kind alone, such as Relu Relu Relu, is no block of a network. */
const isBlock = (words: readonly string[], start: number, period: number) =>
  new Set(words.slice(start, start + period)).size > 1

/**
 * The parts of a sequence that repeat, such as the layers of a network whose nodes stand in the order of computation. What covers
 * most comes first; of two that cover the same the shorter pattern, which is the true one. Results do not overlap and are in order.
 */
export function findRepeats(words: readonly string[]): Repeat[] {
  const found: Repeat[] = []
  // Numbers are compared several times as fast as words, and this compares each with four hundred others.
  const numbers = new Map<string, number>()
  const kinds = Int32Array.from(words, (word) => {
    const known = numbers.get(word)
    if (known !== undefined) return known
    numbers.set(word, numbers.size)
    return numbers.size - 1
  })
  const longest = Math.min(LONGEST_PERIOD, Math.floor(words.length / FEWEST_TIMES))
  for (let period = 2; period <= longest; period += 1) {
    let run = 0
    for (let at = period; at <= words.length; at += 1) {
      if (at < kinds.length && kinds[at] === kinds[at - period]) {
        run += 1
        continue
      }
      const count = Math.floor(run / period) + 1
      const start = at - run - period
      if (count >= FEWEST_TIMES && isBlock(words, start, period)) found.push({ start, period, count })
      run = 0
    }
  }
  const taken = new Uint8Array(words.length)
  return found
    .sort((left, right) => right.period * right.count - left.period * left.count || left.period - right.period)
    .filter(({ start, period, count }) => {
      const end = start + period * count
      if (taken.subarray(start, end).includes(1)) return false
      taken.fill(1, start, end)
      return true
    })
    .sort((left, right) => left.start - right.start)
}
