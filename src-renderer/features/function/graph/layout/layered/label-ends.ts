import type { LayeredGraph, PlainGraph } from './layered-graph.ts'

/** No arrow. */
export const NONE = -1

/**
 * Of each box the arrow whose label is right below it and the one whose label is right above it, or none; and whether an arrow's
 * label needs a place on its way.
 */
export type LabelledEnds = { below: Int32Array; above: Int32Array; within: Uint8Array }

/**
 * Arrows that leave a box run together first, and those that enter it run together last. So a label is where its arrow leaves if it
 * says all that comes out there, else where it enters if nothing else does; where neither is so it is in a layer between the two.
 */
export function labelledEnds({ widths, from, to, labels }: PlainGraph): LabelledEnds {
  const below = new Int32Array(widths.length).fill(NONE)
  const above = new Int32Array(widths.length).fill(NONE)
  const within = new Uint8Array(from.length)
  const leaving = new Int32Array(widths.length)
  const entering = new Int32Array(widths.length)
  for (const [arrow, source] of from.entries()) {
    const target = to[arrow] ?? 0
    if (labels[arrow]) leaving[source] = (leaving[source] ?? 0) + 1
    entering[target] = (entering[target] ?? 0) + 1
  }
  for (const [arrow, source] of from.entries()) {
    const target = to[arrow] ?? 0
    if (!labels[arrow]) continue
    if (leaving[source] === 1) below[source] = arrow
    else if (entering[target] === 1) above[target] = arrow
    else within[arrow] = 1
  }
  return { below, above, within }
}

/** From the edge of a box to the middle of the label there, past the arrow's head where it enters. */
const BELOW = 14
const ABOVE = 18

/** The middle of each arrow's label, given the middles of the stops and the tops of the layers. */
export function labelPlaces(
  { from, heights }: PlainGraph,
  { stops }: LayeredGraph,
  { below, above }: LabelledEnds,
  centre: Float64Array,
  tops: Float64Array,
) {
  const labelX = new Float64Array(from.length).fill(Number.NaN)
  const labelY = new Float64Array(from.length).fill(Number.NaN)
  const place = (arrow: number | undefined, stop: number, middle: number) => {
    if (arrow === undefined || arrow === NONE) return
    labelX[arrow] = centre[stop] ?? 0
    labelY[arrow] = middle
  }
  for (const [number, { layer, box, label, height }] of stops.entries()) {
    const top = tops[layer] ?? 0
    if (box === null) place(label, number, top + height / 2)
    else {
      place(below[box], number, top + (heights[box] ?? 0) + BELOW)
      place(above[box], number, top - ABOVE)
    }
  }
  return { labelX, labelY }
}
