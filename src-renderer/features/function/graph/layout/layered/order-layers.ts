import type { LayeredGraph, Stop } from './layered-graph.ts'

const MOST_SWEEPS = 12
/** With more stops than this a graph cannot be taken in anyway, and is ordered with less care. */
const MANY = 5_000
/** Sweeps without fewer crossings after which more are not worth their time. */
const PATIENCE = 3
/** Neighbours are not swapped where comparing their arrows would take longer than it is worth. */
const MOST_COMPARED = 10_000

type Ordered = Pick<LayeredGraph, 'stops' | 'layers'>
type Joined = (stop: Stop) => readonly number[]

const above: Joined = (stop) => stop.above
const below: Joined = (stop) => stop.below

/**
 * Orders the stops of each layer so that few arrows cross: each layer in turn is sorted by the middle of what its stops are joined to,
 * down and up again, then neighbours are swapped where that helps. The best order that was seen is kept.
 */
export function orderLayers(graph: Ordered): void {
  const { stops, layers } = graph
  const place = new Float64Array(stops.length)
  const note = (layer: readonly number[]) => {
    for (const [at, number] of layer.entries()) place[number] = at
  }
  for (const layer of layers) note(layer)
  const begun = layers.map((layer) => [...layer])
  let best = begun
  let fewest = crossings(graph, place)
  // Once from the top and once from the bottom: either may be caught where the other is not.
  const isLarge = stops.length > MANY
  for (const first of isLarge ? [0] : [0, 1]) {
    for (const [index, layer] of begun.entries()) layers[index] = [...layer]
    for (const layer of layers) note(layer)
    for (let sweep = 0, worse = 0; sweep < (isLarge ? 4 : MOST_SWEEPS) && fewest > 0 && worse < PATIENCE; sweep += 1) {
      const isDown = sweep % 2 === first
      for (const layer of isDown ? layers : layers.toReversed()) {
        sortByMiddle(graph, layer, isDown ? above : below, place)
        note(layer)
      }
      if (!isLarge) for (const layer of layers) swapNeighbours(graph, layer, place)
      const count = crossings(graph, place)
      worse += 1
      if (count >= fewest) continue
      fewest = count
      worse = 0
      best = layers.map((layer) => [...layer])
    }
  }
  for (const [index, layer] of best.entries()) layers[index] = layer
}

function sortByMiddle({ stops }: Ordered, layer: number[], joinedOf: Joined, place: Float64Array): void {
  if (layer.length < 2) return
  const wanted = new Map(
    layer.map((number, at) => {
      const stop = stops[number]
      const joined = stop ? joinedOf(stop) : []
      let sum = 0
      for (const other of joined) sum += place[other] ?? 0
      return [number, joined.length === 0 ? at : sum / joined.length]
    }),
  )
  layer.sort((left, right) => (wanted.get(left) ?? 0) - (wanted.get(right) ?? 0))
}

/** Crossings of the arrows of two neighbours where the first is on the left. */
function crossingsOf(left: readonly number[], right: readonly number[], place: Float64Array): number {
  let count = 0
  for (const one of left) for (const other of right) if ((place[one] ?? 0) > (place[other] ?? 0)) count += 1
  return count
}

function swapNeighbours({ stops }: Ordered, layer: number[], place: Float64Array): void {
  for (let isBetter = true; isBetter; ) {
    isBetter = false
    for (let at = 0; at + 1 < layer.length; at += 1) {
      const [left, right] = [layer[at], layer[at + 1]]
      if (left === undefined || right === undefined) continue
      const [one, other] = [stops[left], stops[right]]
      if (!one || !other) continue
      if (one.above.length * other.above.length + one.below.length * other.below.length > MOST_COMPARED) continue
      const before = crossingsOf(one.above, other.above, place) + crossingsOf(one.below, other.below, place)
      if (before === 0) continue
      const after = crossingsOf(other.above, one.above, place) + crossingsOf(other.below, one.below, place)
      if (after >= before) continue
      layer[at] = right
      layer[at + 1] = left
      place[right] = at
      place[left] = at + 1
      isBetter = true
    }
  }
}

/** How often arrows cross between the layers. */
function crossings({ stops, layers }: Ordered, place: Float64Array): number {
  let count = 0
  for (const [index, layer] of layers.entries()) {
    const next = layers[index + 1]
    if (layer.length < 2 || !next || next.length < 2) continue
    // A tree of sums tells how many arrows so far end further right than the next one.
    const sums = new Int32Array(next.length + 1)
    let before = 0
    for (const number of layer) {
      const ends = (stops[number]?.below ?? []).map((other) => (place[other] ?? 0) + 1)
      for (const end of ends) {
        count += before
        for (let at = end; at > 0; at -= at & -at) count -= sums[at] ?? 0
      }
      for (const end of ends) for (let at = end; at <= next.length; at += at & -at) sums[at] = (sums[at] ?? 0) + 1
      before += ends.length
    }
  }
  return count
}
