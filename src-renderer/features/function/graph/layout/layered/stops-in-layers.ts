import { layersOf } from '../../model/layers.ts'
import { type LabelledEnds, NONE } from './label-ends.ts'
import type { LayeredGraph, PlainGraph, Stop } from './layered-graph.ts'

/** Layers that an arrow passes between the boxes; a longer one would take room from all of them. */
const LONGEST = 40
const PASSING_WIDTH = 6
const LABEL_HEIGHT = 18

/** The layer of each box: below all that it needs, and where it has room to move, where arrows are short and layers narrow. */
function layersOfBoxes({ widths, from, to }: Pick<PlainGraph, 'widths' | 'from' | 'to'>): Int32Array {
  const boxes = Array.from(widths, (_, box) => ({ id: String(box) }))
  const arrows = Array.from(from, (source, arrow) => ({ from: String(source), to: String(to[arrow]) }))
  const found = layersOf(boxes, arrows)
  const layer = Int32Array.from(boxes, ({ id }) => found.get(id) ?? 0)
  const needs = new Int32Array(layer.length)
  const usersOf = Array.from(widths, (): number[] => [])
  const taken: number[] = []
  for (const [arrow, source] of from.entries()) {
    const target = to[arrow] ?? 0
    // An arrow of a cycle that goes up.
    if ((layer[target] ?? 0) <= (layer[source] ?? 0)) continue
    needs[target] = (needs[target] ?? 0) + 1
    usersOf[source]?.push(target)
  }
  for (const [box, own] of layer.entries()) taken[own] = (taken[own] ?? 0) + (widths[box] ?? 0)
  // From the bottom up, so that what a box is used by has its place already.
  const order = [...layer.keys()].sort((left, right) => (layer[right] ?? 0) - (layer[left] ?? 0))
  for (const box of order) {
    const users = usersOf[box] ?? []
    if (users.length === 0 || users.length < (needs[box] ?? 0)) continue
    const own = layer[box] ?? 0
    let lowest = Number.POSITIVE_INFINITY
    for (const user of users) lowest = Math.min(lowest, (layer[user] ?? 0) - 1)
    let best = lowest
    if (users.length === needs[box])
      for (let other = lowest - 1; other >= own && lowest - other < LONGEST; other -= 1)
        if ((taken[other] ?? 0) - (other === own ? (widths[box] ?? 0) : 0) < (taken[best] ?? 0)) best = other
    taken[own] = (taken[own] ?? 0) - (widths[box] ?? 0)
    taken[best] = (taken[best] ?? 0) + (widths[box] ?? 0)
    layer[box] = best
  }
  return layer
}

/** The layer of each box, with one between the ends of each arrow whose label has its place there. */
function layersWithLabels(graph: PlainGraph, within: Uint8Array): Int32Array {
  const labelled = [...within.keys()].filter((arrow) => within[arrow] === 1)
  const boxes = graph.widths.length
  const to = [...graph.to]
  for (const [index, arrow] of labelled.entries()) to[arrow] = boxes + index
  return layersOfBoxes({
    widths: Float64Array.from([...graph.widths, ...labelled.map((arrow) => graph.labels[arrow] ?? 0)]),
    from: Int32Array.from([...graph.from, ...labelled.map((_, index) => boxes + index)]),
    to: Int32Array.from([...to, ...labelled.map((arrow) => graph.to[arrow] ?? 0)]),
  }).subarray(0, boxes)
}

/** Puts boxes into layers, as wide as they and their labels are, and stops on the way of each arrow that passes a layer. */
export function stopsInLayers(graph: PlainGraph, { below, above, within }: LabelledEnds): LayeredGraph {
  const layerOf = layersWithLabels(graph, within)
  const stops: Stop[] = Array.from(layerOf, (layer, box) => ({
    layer,
    box,
    width: Math.max(
      graph.widths[box] ?? 0,
      graph.labels[below[box] ?? NONE] ?? 0,
      graph.labels[above[box] ?? NONE] ?? 0,
    ),
    height: graph.heights[box] ?? 0,
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
      stops.push({
        layer,
        box: null,
        passes: last - first - 1,
        ...(within[arrow] === 1 && layer === first + 1
          ? { label: arrow, width: graph.labels[arrow] ?? 0, height: LABEL_HEIGHT }
          : { width: PASSING_WIDTH, height: 0 }),
        above: [],
        below: [],
      })
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
