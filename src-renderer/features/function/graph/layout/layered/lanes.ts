/** A line from a stop at `from` down to a lane, along it, and down to each of `to`: positions across. */
export type Bent = { from: number; to: readonly number[] }

/** Between lines side by side in a lane. */
const BETWEEN = 8
/** With more lines than this the order of their lanes is not worth its time. */
const MOST_ORDERED = 300
/** A line that runs on another looks like one arrow; crossings are better. */
const OVERLAP = 10

type Stretch = Bent & { begin: number; end: number }

/** Gives each line a lane below the one before, so that few cross and none runs on another; as few lanes as that needs. */
export function lanesOf(lines: readonly Bent[]): { lanes: Int32Array; count: number } {
  const stretches = lines.map(
    ({ from, to }): Stretch => ({ from, to, begin: Math.min(from, ...to), end: Math.max(from, ...to) }),
  )
  const lanes = new Int32Array(lines.length)
  const taken: Stretch[][] = []
  for (const index of lines.length > MOST_ORDERED ? byBegin(stretches) : byCrossings(stretches)) {
    const stretch = stretches[index]
    if (!stretch) continue
    let lane = taken.length
    while (lane > 0 && !taken[lane - 1]?.some((other) => meets(other, stretch))) lane -= 1
    lanes[index] = lane
    const list = taken[lane]
    if (list) list.push(stretch)
    else taken.push([stretch])
  }
  return { lanes, count: taken.length }
}

const meets = (one: Stretch, other: Stretch) => one.begin < other.end + BETWEEN && other.begin < one.end + BETWEEN

const byBegin = (stretches: readonly Stretch[]): number[] =>
  [...stretches.keys()].sort((left, right) => (stretches[left]?.begin ?? 0) - (stretches[right]?.begin ?? 0))

/** What it costs to run one line above another. */
function costAbove(upper: Stretch, lower: Stretch): number {
  let cost = lower.from > upper.begin && lower.from < upper.end ? 1 : 0
  for (const end of upper.to) {
    if (end > lower.begin && end < lower.end) cost += 1
    if (Math.abs(end - lower.from) < 2) cost += OVERLAP
  }
  return cost
}

/** From top to bottom, always the one next that costs least above all that are left. */
function byCrossings(stretches: readonly Stretch[]): number[] {
  const gain = stretches.map((upper) =>
    stretches.reduce(
      (sum, lower) =>
        upper !== lower && meets(upper, lower) ? sum + costAbove(upper, lower) - costAbove(lower, upper) : sum,
      0,
    ),
  )
  const left = new Set(stretches.keys())
  const order: number[] = []
  while (left.size > 0) {
    let next: number | undefined
    for (const index of left) if (next === undefined || (gain[index] ?? 0) < (gain[next] ?? 0)) next = index
    const chosen = next === undefined ? undefined : stretches[next]
    if (next === undefined || !chosen) break
    left.delete(next)
    order.push(next)
    for (const index of left) {
      const other = stretches[index]
      if (other && meets(chosen, other))
        gain[index] = (gain[index] ?? 0) - costAbove(other, chosen) + costAbove(chosen, other)
    }
  }
  return order
}
