import type { LayeredGraph, Stop } from './layered-graph.ts'

const SWEEPS = 4

/** Orders the stops of each layer by the middle of what they are joined to, down and up again, so that few arrows cross. */
export function orderLayers({ stops, layers }: Pick<LayeredGraph, 'stops' | 'layers'>): void {
  const place = new Float64Array(stops.length)
  const note = (layer: readonly number[]) => {
    for (const [at, number] of layer.entries()) place[number] = at
  }
  const middle = (joined: readonly number[]) => {
    let sum = 0
    for (const number of joined) sum += place[number] ?? 0
    return sum / joined.length
  }
  const order = (layer: number[], joinedOf: (stop: Stop) => readonly number[]) => {
    if (layer.length > 1) {
      const wanted = new Map(
        layer.map((number, at) => {
          const stop = stops[number]
          const joined = stop ? joinedOf(stop) : []
          return [number, joined.length === 0 ? at : middle(joined)]
        }),
      )
      layer.sort((left, right) => (wanted.get(left) ?? 0) - (wanted.get(right) ?? 0))
    }
    note(layer)
  }
  for (const layer of layers) note(layer)
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const layer of layers) order(layer, ({ above }) => above)
    if (sweep < SWEEPS - 1) for (const layer of layers.toReversed()) order(layer, ({ below }) => below)
  }
}
