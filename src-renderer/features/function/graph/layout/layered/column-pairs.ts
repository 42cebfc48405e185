import type { LayeredGraph } from './layered-graph.ts'
import { distanceOf } from './place-across.ts'

/** A column to the left of another, the first and the last layer where they are neighbours, and the room between their middles. */
export type Pair = { left: number; right: number; room: number; first: number; last: number }

/** Every two columns that are neighbours in a layer, once. */
export function pairsOf({ stops, layers }: LayeredGraph, columns: Int32Array): Pair[] {
  const pairs = new Map<number, Pair>()
  for (const [index, layer] of layers.entries())
    for (const [at, number] of layer.entries()) {
      const next = layer[at + 1]
      const [one, other] = [stops[number], next === undefined ? undefined : stops[next]]
      if (next === undefined || !one || !other) continue
      const [left, right] = [columns[number] ?? number, columns[next] ?? next]
      const room = distanceOf(one, other)
      const key = left * stops.length + right
      const known = pairs.get(key)
      if (known) {
        known.room = Math.max(known.room, room)
        known.last = index
      } else pairs.set(key, { left, right, room, first: index, last: index })
    }
  return [...pairs.values()]
}

/** The neighbours of each column on either side, and all columns from left to right. */
export function sidesOf(pairs: readonly Pair[], columns: Int32Array) {
  const lefts = new Map<number, Pair[]>()
  const rights = new Map<number, Pair[]>()
  const add = (sides: Map<number, Pair[]>, column: number, pair: Pair) => {
    const list = sides.get(column)
    if (list) list.push(pair)
    else sides.set(column, [pair])
  }
  for (const pair of pairs) {
    add(lefts, pair.right, pair)
    add(rights, pair.left, pair)
  }
  const waiting = new Map([...new Set(columns)].map((column) => [column, lefts.get(column)?.length ?? 0]))
  const order = [...waiting].flatMap(([column, count]) => (count === 0 ? [column] : []))
  for (const column of order)
    for (const { right } of rights.get(column) ?? []) {
      const left = (waiting.get(right) ?? 0) - 1
      waiting.set(right, left)
      if (left === 0) order.push(right)
    }
  return { lefts, rights, order }
}
