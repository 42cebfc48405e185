/** A stretch that needs a lane of its own beside others that it would run over. */
export type Stretch = { begin: number; end: number }

/** Gives each stretch the first lane in which nothing else runs there, so that as few lanes as possible are needed. */
export function lanesOf(stretches: readonly Stretch[], between: number): { lanes: Int32Array; count: number } {
  const lanes = new Int32Array(stretches.length)
  const ends: number[] = []
  const order = stretches.map((_, index) => index)
  order.sort((left, right) => (stretches[left]?.begin ?? 0) - (stretches[right]?.begin ?? 0))
  for (const index of order) {
    const { begin, end } = stretches[index] ?? { begin: 0, end: 0 }
    const free = ends.findIndex((last) => last + between <= begin)
    const lane = free < 0 ? ends.length : free
    ends[lane] = end
    lanes[index] = lane
  }
  return { lanes, count: ends.length }
}
