import type { LayeredGraph } from './layered-graph.ts'
import { distanceOf } from './place-across.ts'

const ROUNDS = 24
/** With more stops than this what touches is not moved together. */
const MANY = 5_000
const SWEEPS = 4
const TOUCHES = 0.5

/** A column to the left of another in some layer, and the room that their middles need between them. */
type Pair = { left: number; right: number; room: number }

/**
 * Stands the stops of each column exactly below each other, as near as the other columns allow to what they are joined to. Columns
 * that touch and pull the same way move together.
 */
export function placeColumns(graph: LayeredGraph, columns: Int32Array, centre: Float64Array): void {
  const { stops } = graph
  const pairs = pairsOf(graph, columns)
  const { lefts, rights, order } = sidesOf(pairs, columns)
  const joined = new Map<number, number[]>()
  const sums = new Float64Array(stops.length)
  const counts = new Float64Array(stops.length)
  for (const [number, { above, below }] of stops.entries()) {
    const column = columns[number] ?? number
    sums[column] = (sums[column] ?? 0) + (centre[number] ?? 0)
    counts[column] = (counts[column] ?? 0) + 1
    const others = [...above, ...below].map((other) => columns[other] ?? other).filter((other) => other !== column)
    const list = joined.get(column)
    if (list) list.push(...others)
    else joined.set(column, others)
  }
  const x = sums.map((sum, column) => sum / (counts[column] ?? 1))
  const leftLimit = (column: number, from: Float64Array) => {
    let limit = -Infinity
    for (const { left, room } of lefts.get(column) ?? []) limit = Math.max(limit, (from[left] ?? 0) + room)
    return limit
  }
  const rightLimit = (column: number, from: Float64Array) => {
    let limit = Infinity
    for (const { right, room } of rights.get(column) ?? []) limit = Math.min(limit, (from[right] ?? 0) - room)
    return limit
  }
  // Halfway between pushing all to the right and all to the left, so that nothing drifts.
  const pushed = x.slice()
  for (const column of order) pushed[column] = Math.max(pushed[column] ?? 0, leftLimit(column, pushed))
  const pulled = x.slice()
  for (const column of order.toReversed()) pulled[column] = Math.min(pulled[column] ?? 0, rightLimit(column, pulled))
  for (const column of order) x[column] = ((pushed[column] ?? 0) + (pulled[column] ?? 0)) / 2
  for (let round = 0; round < (stops.length > MANY ? 0 : ROUNDS); round += 1) moveTogether(pairs, joined, order, x)
  for (let sweep = 0; sweep < SWEEPS; sweep += 1)
    for (const column of sweep % 2 === 0 ? order : order.toReversed()) {
      const wanted = (joined.get(column) ?? []).map((other) => x[other] ?? 0)
      if (wanted.length === 0) continue
      x[column] = Math.min(Math.max(median(wanted), leftLimit(column, x)), rightLimit(column, x))
    }
  for (const [number, column] of columns.entries()) centre[number] = x[column] ?? 0
}

/** Moves each group of touching columns to where its lines pull it, as far as there is room. */
function moveTogether(
  pairs: readonly Pair[],
  joined: ReadonlyMap<number, number[]>,
  order: readonly number[],
  x: Float64Array,
) {
  const group = Int32Array.from(x.keys())
  const force = new Float64Array(x.length)
  const weight = new Float64Array(x.length)
  for (const column of order)
    for (const other of joined.get(column) ?? []) {
      force[column] = (force[column] ?? 0) + (x[other] ?? 0) - (x[column] ?? 0)
      weight[column] = (weight[column] ?? 0) + 1
    }
  const groupOf = (column: number) => {
    let found = column
    for (let next = group[found] ?? found; next !== found; next = group[found] ?? found) found = next
    for (let at = column; at !== found; ) {
      const next = group[at] ?? found
      group[at] = found
      at = next
    }
    return found
  }
  const pull = (column: number) => (weight[column] ? (force[column] ?? 0) / (weight[column] ?? 1) : 0)
  const touching = pairs.filter(({ left, right, room }) => (x[right] ?? 0) - (x[left] ?? 0) - room < TOUCHES)
  for (let hasMerged = true; hasMerged; ) {
    hasMerged = false
    for (const { left, right } of touching) {
      const [one, other] = [groupOf(left), groupOf(right)]
      if (one === other || pull(one) <= pull(other)) continue
      group[other] = one
      force[one] = (force[one] ?? 0) + (force[other] ?? 0)
      weight[one] = (weight[one] ?? 0) + (weight[other] ?? 0)
      hasMerged = true
    }
  }
  const room = new Float64Array(x.length).fill(Infinity)
  for (const { left, right, room: needed } of pairs) {
    const [one, other] = [groupOf(left), groupOf(right)]
    if (one === other) continue
    const slack = (x[right] ?? 0) - (x[left] ?? 0) - needed
    // Both may come nearer: each has half of what is between.
    const closing = pull(one) > 0 && pull(other) < 0 ? slack / 2 : slack
    if (pull(one) > 0) room[one] = Math.min(room[one] ?? 0, closing)
    if (pull(other) < 0) room[other] = Math.min(room[other] ?? 0, closing)
  }
  for (const column of order) {
    const own = groupOf(column)
    const wanted = pull(own)
    x[column] = (x[column] ?? 0) + Math.sign(wanted) * Math.min(Math.abs(wanted), Math.max(0, room[own] ?? 0))
  }
}

/** Every two columns that are neighbours in a layer, once. */
function pairsOf({ stops, layers }: LayeredGraph, columns: Int32Array): Pair[] {
  const pairs = new Map<string, Pair>()
  for (const layer of layers)
    for (const [index, number] of layer.entries()) {
      const next = layer[index + 1]
      const [one, other] = [stops[number], next === undefined ? undefined : stops[next]]
      if (next === undefined || !one || !other) continue
      const [left, right] = [columns[number] ?? number, columns[next] ?? next]
      const room = distanceOf(one, other)
      const known = pairs.get(`${left} ${right}`)
      if (known) known.room = Math.max(known.room, room)
      else pairs.set(`${left} ${right}`, { left, right, room })
    }
  return [...pairs.values()]
}

/** The neighbours of each column on either side, and all columns from left to right. */
function sidesOf(pairs: readonly Pair[], columns: Int32Array) {
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

function median(numbers: number[]): number {
  numbers.sort((left, right) => left - right)
  const middle = (numbers.length - 1) / 2
  return ((numbers[Math.floor(middle)] ?? 0) + (numbers[Math.ceil(middle)] ?? 0)) / 2
}
