import type { LayeredGraph, Stop } from './layered-graph.ts'

const GAP = 28
const PASSING_GAP = 12
const SWEEPS = 8
const HOMEWARD = 60

/** How much a line pulls that shall run straight down; others pull with 1. */
const STRAIGHT = 16

/** Between the middles of two stops that stand beside each other, at least. */
export const distanceOf = (left: Stop, right: Stop) =>
  (left.width + right.width) / 2 + (left.box === null || right.box === null ? PASSING_GAP : GAP)

/**
 * Where arrows meet anyway the way leads a little back to the middle. Without this a thousand equal blocks, each of which
 * ends a little beside its beginning, would run away across the picture.
 */
const homeward = (wanted: number, arrows: number) =>
  arrows < 2 ? wanted : wanted - Math.max(-HOMEWARD, Math.min(HOMEWARD, 0.4 * wanted))

/**
 * The middle of each stop from the left. Each layer in turn moves as near as it can to what it is joined to, in the order that it has
 * and without overlaps: the least squares solution, by pooling neighbours that would overlap.
 */
export function placeAcross(
  { stops, layers }: Pick<LayeredGraph, 'stops' | 'layers'>,
  columns: Int32Array,
): Float64Array {
  const centre = new Float64Array(stops.length)
  const sortPage = (layer: readonly number[], joinedOf: (stop: Stop) => readonly number[]) => {
    const pools: { sum: number; weight: number; count: number }[] = []
    const offsets: number[] = []
    let before: Stop | undefined
    for (const number of layer) {
      const stop = stops[number]
      if (!stop) continue
      const offset = before ? (offsets.at(-1) ?? 0) + distanceOf(before, stop) : 0
      offsets.push(offset)
      before = stop
      let sum = 0
      let weight = 0
      for (const other of joinedOf(stop)) {
        const strength = columns[number] === columns[other] ? STRAIGHT : 1
        sum += strength * (centre[other] ?? 0)
        weight += strength
      }
      // What is joined to nothing on that side stays where it is, unless others need the room.
      const wanted = weight === 0 ? (centre[number] ?? 0) : homeward(sum / weight, joinedOf(stop).length)
      const own = weight === 0 ? 0.05 : weight
      let pool = { sum: (wanted - offset) * own, weight: own, count: 1 }
      for (let last = pools.at(-1); last && last.sum / last.weight > pool.sum / pool.weight; last = pools.at(-1)) {
        pools.pop()
        pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, count: last.count + pool.count }
      }
      pools.push(pool)
    }
    let at = 0
    for (const { sum, weight, count } of pools)
      for (let end = at + count; at < end; at += 1) {
        const number = layer[at]
        if (number !== undefined) centre[number] = sum / weight + (offsets[at] ?? 0)
      }
  }
  for (const layer of layers) sortPage(layer, ({ above }) => above)
  for (let sweep = 1; sweep < SWEEPS; sweep += 1) {
    if (sweep % 2 === 1) for (const layer of layers.toReversed()) sortPage(layer, ({ below }) => below)
    else for (const layer of layers) sortPage(layer, ({ above }) => above)
  }
  for (const layer of layers) sortPage(layer, ({ above, below }) => [...above, ...below])
  return centre
}
