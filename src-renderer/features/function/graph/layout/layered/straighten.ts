import type { LayeredGraph } from './layered-graph.ts'
import { distanceOf } from './place-across.ts'

/** A smaller step aside between two boxes looks like a mistake. */
const SLIGHT = 10

/**
 * Gives the stops where an arrow only passes one line down, and stands boxes that are nearly below each other exactly so, wherever
 * their neighbours leave the room.
 */
export function straighten({ stops, layers, ways }: LayeredGraph, centre: Float64Array): void {
  const at = new Int32Array(stops.length)
  for (const layer of layers) for (const [index, number] of layer.entries()) at[number] = index
  /** How far a stop may move to that side. */
  const limit = (number: number, side: -1 | 1) => {
    const stop = stops[number]
    const other = stop && layers[stop.layer]?.[(at[number] ?? 0) + side]
    const beside = other === undefined ? undefined : stops[other]
    if (!stop || other === undefined || !beside) return side * Number.POSITIVE_INFINITY
    return (centre[other] ?? 0) - side * distanceOf(stop, beside)
  }
  for (const layer of layers)
    for (const number of layer) {
      const stop = stops[number]
      const own = centre[number] ?? 0
      const upper = stop?.above.map((other) => centre[other] ?? 0).find((line) => Math.abs(line - own) < SLIGHT)
      if (stop?.box == null || upper === undefined) continue
      if (upper >= limit(number, -1) && upper <= limit(number, 1)) centre[number] = upper
    }
  for (const way of ways) {
    if (way === null || way.length < 4) continue
    const passing = way.slice(1, -1)
    let left = Number.NEGATIVE_INFINITY
    let right = Number.POSITIVE_INFINITY
    let sum = 0
    for (const number of passing) {
      left = Math.max(left, limit(number, -1))
      right = Math.min(right, limit(number, 1))
      sum += centre[number] ?? 0
    }
    if (left > right) continue
    const line = Math.min(Math.max(sum / passing.length, left), right)
    for (const number of passing) centre[number] = line
  }
}
