import { type Pair, pairsOf, sidesOf } from './column-pairs.ts'
import type { LayeredGraph } from './layered-graph.ts'

const ROUNDS = 24
/** With more stops than this what touches is not moved together. */
const MANY = 5_000
const SWEEPS = 4
const TOUCHES = 0.5

/**
 * Puts the stops of each column exactly below each other, as near to what they are joined to as the other columns and the width
 * allow. Columns that touch and pull the same way move together.
 */
export function placeColumns(graph: LayeredGraph, columns: Int32Array, centre: Float64Array, width: number): void {
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
  // Fixed walls: step by step a long picture would drift to one side.
  const middle = centre.reduce((sum, at) => sum + at, 0) / Math.max(1, stops.length)
  const [least, most] = [middle - width / 2, middle + width / 2]
  const leftLimit = (column: number, from: Float64Array) => {
    let limit = least
    for (const { left, room } of lefts.get(column) ?? []) limit = Math.max(limit, (from[left] ?? 0) + room)
    return limit
  }
  const rightLimit = (column: number, from: Float64Array) => {
    let limit = most
    for (const { right, room } of rights.get(column) ?? []) limit = Math.min(limit, (from[right] ?? 0) - room)
    return limit
  }
  const push = (from: Float64Array) => {
    for (const column of order) from[column] = Math.max(from[column] ?? 0, leftLimit(column, from))
  }
  const pull = (from: Float64Array) => {
    for (const column of order.toReversed()) from[column] = Math.min(from[column] ?? 0, rightLimit(column, from))
  }
  // Halfway between pushing all to the right and all to the left, so that nothing drifts.
  const [pushed, pulled] = [x.slice(), x.slice()]
  push(pushed)
  pull(pushed)
  pull(pulled)
  push(pulled)
  for (const column of order) x[column] = ((pushed[column] ?? 0) + (pulled[column] ?? 0)) / 2
  for (let round = 0; round < (stops.length > MANY ? 0 : ROUNDS); round += 1)
    moveTogether(pairs, joined, order, x, least, most)
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
  least: number,
  most: number,
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
    const at = x[column] ?? 0
    room[own] = Math.min(room[own] ?? 0, pull(own) > 0 ? most - at : at - least)
  }
  for (const column of order) {
    const own = groupOf(column)
    const wanted = pull(own)
    x[column] = (x[column] ?? 0) + Math.sign(wanted) * Math.min(Math.abs(wanted), Math.max(0, room[own] ?? 0))
  }
}

function median(numbers: number[]): number {
  numbers.sort((left, right) => left - right)
  const middle = (numbers.length - 1) / 2
  return ((numbers[Math.floor(middle)] ?? 0) + (numbers[Math.ceil(middle)] ?? 0)) / 2
}
