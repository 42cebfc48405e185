import { type LabelledEnds, NONE } from './label-ends.ts'
import type { LayeredGraph } from './layered-graph.ts'

/** Between a box and the nearest lane, and between lanes. */
export const MARGIN = 14
export const LANE = 8
/** Room for labels between a box and the nearest lane. */
const LABEL = 20

/** How far down each layer begins, where the lanes below it begin, and where those above it end. */
export type Levels = { tops: Float64Array; firstLanes: Float64Array; lanesEnds: Float64Array }

/** Layers one below the other as high as their tallest box, with the lanes that are needed and with room for labels between them. */
export function levelsOf(
  { stops, layers }: Pick<LayeredGraph, 'stops' | 'layers'>,
  laneCounts: readonly number[],
  { below, above }: LabelledEnds,
): Levels {
  const roomFor = (labelled: Int32Array, layer: readonly number[] = []) =>
    layer.some((number) => (labelled[number] ?? NONE) !== NONE) ? LABEL : 0
  const tops = new Float64Array(layers.length)
  const firstLanes = new Float64Array(layers.length)
  const lanesEnds = new Float64Array(layers.length)
  let lanesEnd = -MARGIN - roomFor(above, layers[0])
  for (const [index, layer] of layers.entries()) {
    const top = lanesEnd + MARGIN + roomFor(above, layer)
    const tallest = layer.reduce((most, number) => Math.max(most, stops[number]?.height ?? 0), 0)
    const firstLane = top + tallest + MARGIN + roomFor(below, layer)
    lanesEnds[index] = lanesEnd
    tops[index] = top
    firstLanes[index] = firstLane
    lanesEnd = firstLane + LANE * (laneCounts[index] ?? 0)
  }
  return { tops, firstLanes, lanesEnds }
}
