import { columnsOf } from './columns.ts'
import { labelledEnds, labelPlaces } from './label-ends.ts'
import { type Bent, lanesOf } from './lanes.ts'
import type { LayeredGraph, PlainGraph, PlainLayout } from './layered-graph.ts'
import { LANE, levelsOf, MARGIN } from './levels.ts'
import { narrowColumns } from './narrow-columns.ts'
import { orderLayers } from './order-layers.ts'
import { placeAcross } from './place-across.ts'
import { placeColumns } from './place-columns.ts'
import { stopsInLayers } from './stops-in-layers.ts'

const OUTSIDE = 40

/** The lanes below each layer: one for each stop whose arrows do not all run straight down. */
function lanesBelow({ stops, layers }: LayeredGraph, centre: Float64Array) {
  const laneOf = new Map<number, number>()
  const counts = layers.map((layer) => {
    const numbers: number[] = []
    const lines: Bent[] = []
    for (const number of layer) {
      const from = centre[number] ?? 0
      const to = (stops[number]?.below ?? []).map((other) => centre[other] ?? 0)
      if (to.every((end) => Math.abs(end - from) < 1)) continue
      numbers.push(number)
      lines.push({ from, to })
    }
    const { lanes, count } = lanesOf(lines)
    for (const [index, number] of numbers.entries()) laneOf.set(number, lanes[index] ?? 0)
    return count
  })
  return { laneOf, counts }
}

/**
 * A layered drawing, the inputs above what uses them: layers by the longest way, few crossings by sorting each layer after its
 * neighbours, arrows in lanes between the layers. It takes time in proportion to the size of the picture and does not recurse, so
 * that depth does not matter.
 */
export function layeredLayout(graph: PlainGraph): PlainLayout {
  const ends = labelledEnds(graph)
  const layered = stopsInLayers(graph, ends)
  orderLayers(layered)
  const columns = columnsOf(layered)
  const width = narrowColumns(layered, columns)
  const centre = placeAcross(layered, columns)
  placeColumns(layered, columns, centre, width)
  const { laneOf, counts } = lanesBelow(layered, centre)
  const { tops, firstLanes, lanesEnds } = levelsOf(layered, counts, ends)
  const layerOf = (box: number) => layered.stops[box]?.layer ?? 0
  const x = graph.widths.map((width, box) => (centre[box] ?? 0) - width / 2)
  const y = graph.widths.map((_, box) => tops[layerOf(box)] ?? 0)

  // What is too long to go between the boxes goes round them at the right.
  let right = 0
  for (const [box, width] of graph.widths.entries()) right = Math.max(right, (x[box] ?? 0) + width)
  const round = layered.ways.flatMap((way, arrow) => (way === null ? [arrow] : []))
  const outside = lanesOf(
    round.map((arrow) => ({ from: layerOf(graph.from[arrow] ?? 0) * 20, to: [layerOf(graph.to[arrow] ?? 0) * 20] })),
  )
  const outsideOf = new Map(round.map((arrow, index) => [arrow, right + OUTSIDE + LANE * (outside.lanes[index] ?? 0)]))

  const starts = new Int32Array(graph.from.length + 1)
  const corners: number[] = []
  for (const [arrow, source] of graph.from.entries()) {
    starts[arrow] = corners.length / 2
    const target = graph.to[arrow] ?? 0
    const beneath = (y[source] ?? 0) + (graph.heights[source] ?? 0)
    const begin = centre[source] ?? 0
    const end = centre[target] ?? 0
    corners.push(begin, beneath)
    const way = layered.ways[arrow]
    if (way)
      for (const [step, number] of way.entries()) {
        const next = way[step + 1]
        if (next === undefined) continue
        const here = centre[number] ?? 0
        const there = centre[next] ?? 0
        if (Math.abs(here - there) < 1) continue
        const lane = (firstLanes[layerOf(number)] ?? 0) + LANE * (laneOf.get(number) ?? 0)
        corners.push(here, lane, there, lane)
      }
    else {
      const side = outsideOf.get(arrow) ?? right
      const leave = (firstLanes[layerOf(source)] ?? 0) - MARGIN / 2
      const enter = (lanesEnds[layerOf(target)] ?? 0) + MARGIN / 2
      corners.push(begin, leave, side, leave, side, enter, end, enter)
    }
    corners.push(end, y[target] ?? 0)
  }
  starts[graph.from.length] = corners.length / 2
  return {
    x,
    y,
    ...labelPlaces(graph, layered, ends, centre, tops),
    starts,
    cornerX: Float64Array.from({ length: corners.length / 2 }, (_, corner) => corners[2 * corner] ?? 0),
    cornerY: Float64Array.from({ length: corners.length / 2 }, (_, corner) => corners[2 * corner + 1] ?? 0),
  }
}
