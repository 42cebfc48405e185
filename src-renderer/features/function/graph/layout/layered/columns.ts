import type { LayeredGraph, Stop } from './layered-graph.ts'

/** Of two arrows that cannot both run straight down, the one that weighs more does: long ones first, then the main line. */
export function weightOf(upper: Stop, lower: Stop, isMiddle: number): number {
  if (upper.box === null && lower.box === null) return 1_000
  if (upper.box === null || lower.box === null) return 3 + isMiddle + (upper.passes ?? lower.passes ?? 0) / 2
  return 3 + isMiddle + (upper.below.length === 1 ? 1 : 0) + (lower.above.length === 1 ? 1 : 0)
}

/** `from` and `to` are places in the layers; that of the lower one is counted from 1. */
type Line = { upper: number; lower: number; from: number; to: number; weight: number }

/** Lines from one layer to the next that can all run straight down, as heavy as possible: they do not cross and share no end. */
function straightLines(lines: Line[], ends: number): Line[] {
  lines.sort((left, right) => left.from - right.from || right.to - left.to)
  // A tree of the heaviest rows of lines by where they end.
  const heaviest: ({ weight: number; line: Line; before: Line | null } | undefined)[] = []
  const beforeOf = new Map<Line, Line | null>()
  for (const line of lines) {
    let weight = 0
    let before: Line | null = null
    for (let at = line.to; at > 0; at -= at & -at) {
      const row = heaviest[at]
      if (row && row.weight > weight) ({ weight, line: before } = row)
    }
    beforeOf.set(line, before)
    for (let at = line.to + 1; at <= ends; at += at & -at)
      if ((heaviest[at]?.weight ?? 0) < weight + line.weight)
        heaviest[at] = { weight: weight + line.weight, line, before }
  }
  let last: Line | null = null
  let weight = 0
  for (let at = ends; at > 0; at -= at & -at) {
    const row = heaviest[at]
    if (row && row.weight > weight) ({ weight, line: last } = row)
  }
  const found: Line[] = []
  for (let line = last; line; line = beforeOf.get(line) ?? null) found.push(line)
  return found
}

/** 1 for what is in the middle of its like from left to right, 0 at the ends. */
function middleness(joined: readonly number[], number: number, at: Int32Array): number {
  const own = at[number] ?? 0
  let left = 0
  let right = 0
  for (const other of joined) {
    if ((at[other] ?? 0) < own) left += 1
    else if ((at[other] ?? 0) > own) right += 1
  }
  return Math.min(left, right) / Math.max(1, left, right)
}

/** Stops that are joined by lines which run straight down, by the number of the column that they form. */
export function columnsOf({ stops, layers }: LayeredGraph): Int32Array {
  const at = new Int32Array(stops.length)
  for (const layer of layers) for (const [index, number] of layer.entries()) at[number] = index
  const columns = Int32Array.from(stops.keys())
  for (const [index, layer] of layers.entries()) {
    const lines = layer.flatMap((upper, from) =>
      (stops[upper]?.below ?? []).flatMap((lower): Line[] => {
        const [one, other] = [stops[upper], stops[lower]]
        if (!one || !other) return []
        const isMiddle = middleness(one.below, lower, at) + middleness(other.above, upper, at)
        // A column that has begun goes on, so that the main line does not wander from side to side.
        const goesOn = columns[upper] === upper ? 0 : 0.5
        return [{ upper, lower, from, to: (at[lower] ?? 0) + 1, weight: weightOf(one, other, isMiddle) + goesOn }]
      }),
    )
    for (const { upper, lower } of straightLines(lines, (layers[index + 1]?.length ?? 0) + 1))
      columns[lower] = columns[upper] ?? upper
  }
  return columns
}
