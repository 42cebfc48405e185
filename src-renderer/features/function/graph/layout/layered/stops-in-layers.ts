import { layersOf } from '../../model/layers.ts'
import { type LabelledEnds, NONE } from './label-ends.ts'
import type { LayeredGraph, PlainGraph, Stop } from './layered-graph.ts'

/** Layers that an arrow passes between the boxes; a longer one would take room from all of them. */
const LONGEST = 40
const PASSING_WIDTH = 6

/** The layer of each box: below all that it needs, and what needs nothing right above its first use. */
function layerOfBoxes({ widths, from, to }: PlainGraph): Int32Array {
  const boxes = Array.from(widths, (_, box) => ({ id: String(box) }))
  const arrows = Array.from(from, (source, arrow) => ({ from: String(source), to: String(to[arrow]) }))
  const found = layersOf(boxes, arrows)
  const layer = Int32Array.from(boxes, ({ id }) => found.get(id) ?? 0)
  const needsNothing = new Uint8Array(layer.length).fill(1)
  for (const end of to) needsNothing[end] = 0
  const firstUse = new Int32Array(layer.length).fill(-1)
  for (const [arrow, source] of from.entries()) {
    const use = layer[to[arrow] ?? 0] ?? 0
    const known = firstUse[source] ?? -1
    if (known < 0 || use < known) firstUse[source] = use
  }
  return layer.map((own, box) => {
    const use = firstUse[box] ?? -1
    return needsNothing[box] === 1 && use > 0 ? use - 1 : own
  })
}

/** Puts boxes into layers, as wide as they and their labels are, and stops on the way of each arrow that passes a layer. */
export function stopsInLayers(graph: PlainGraph, { below, above }: LabelledEnds): LayeredGraph {
  const layerOf = layerOfBoxes(graph)
  const stops: Stop[] = Array.from(layerOf, (layer, box) => ({
    layer,
    box,
    width: Math.max(
      graph.widths[box] ?? 0,
      graph.labels[below[box] ?? NONE] ?? 0,
      graph.labels[above[box] ?? NONE] ?? 0,
    ),
    above: [],
    below: [],
  }))
  const join = (upper: number, lower: number) => {
    stops[upper]?.below.push(lower)
    stops[lower]?.above.push(upper)
  }
  const ways = Array.from(graph.from, (source, arrow): number[] | null => {
    const target = graph.to[arrow] ?? 0
    const first = layerOf[source] ?? 0
    const last = layerOf[target] ?? 0
    if (last <= first || last - first > LONGEST) return null
    const way = [source]
    for (let layer = first + 1; layer < last; layer += 1) {
      const passing = stops.length
      stops.push({ layer, box: null, width: PASSING_WIDTH, above: [], below: [] })
      join(way.at(-1) ?? source, passing)
      way.push(passing)
    }
    join(way.at(-1) ?? source, target)
    way.push(target)
    return way
  })
  const layers: number[][] = []
  for (const [number, { layer }] of stops.entries()) {
    const list = layers[layer]
    if (list) list.push(number)
    else layers[layer] = [number]
  }
  return { stops, layers: Array.from(layers, (list) => list ?? []), ways }
}
