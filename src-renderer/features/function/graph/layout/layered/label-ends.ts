import type { PlainGraph } from './layered-graph.ts'

/** No arrow. */
export const NONE = -1

/** Of each box the arrow whose label stands right below it and the one whose label stands right above it, or none. */
export type LabelledEnds = { below: Int32Array; above: Int32Array }

/**
 * Arrows that leave a box run together first, and those that enter it run together last. So a label stands where its arrow leaves if it
 * says all that comes out there, else where it enters if nothing else does; where neither is so it could be read wrongly.
 */
export function labelledEnds({ widths, from, to, labels }: PlainGraph): LabelledEnds {
  const below = new Int32Array(widths.length).fill(NONE)
  const above = new Int32Array(widths.length).fill(NONE)
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
  }
  return { below, above }
}

/** From the edge of a box to the middle of the label that stands there, past the arrow's head where it enters. */
const BELOW = 14
const ABOVE = 18

/** The middle of each arrow's label, given the middle and the top of each box. */
export function labelPlaces({ from, heights }: PlainGraph, ends: LabelledEnds, centre: Float64Array, y: Float64Array) {
  const labelX = new Float64Array(from.length).fill(Number.NaN)
  const labelY = new Float64Array(from.length).fill(Number.NaN)
  const stand = (arrow: number | undefined, box: number, middle: number) => {
    if (arrow === undefined || arrow === NONE) return
    labelX[arrow] = centre[box] ?? 0
    labelY[arrow] = middle
  }
  for (const [box, top] of y.entries()) {
    stand(ends.below[box], box, top + (heights[box] ?? 0) + BELOW)
    stand(ends.above[box], box, top - ABOVE)
  }
  return { labelX, labelY }
}
