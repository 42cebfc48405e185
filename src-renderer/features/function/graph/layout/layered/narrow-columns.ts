import { type Pair, pairsOf, sidesOf } from './column-pairs.ts'
import { weightOf } from './columns.ts'
import type { LayeredGraph } from './layered-graph.ts'
import { distanceOf } from './place-across.ts'

/** How much wider than its widest layer straight columns may make a picture. */
const TIMES = 1.4
const PLUS = 100
/** A round of single cuts takes time in proportion to the stops. */
const MOST_ROUNDS = 60
const MOST_VISITED = 500_000
/** Where single cuts are not enough all columns are cut, this many layers apart at first. */
const APART = 64

/** Where a column can be cut: its stops, the first one below the cut, and how far from the left that is at least. */
type Cut = { column: readonly number[]; below: number; at: number; weight: number }

/**
 * Columns side by side, each a little further down than the one before, make a staircase that is wider than any layer. Cuts the longest
 * one at its lightest lines, again and again, until it is not much wider than the widest layer.
 * @returns the room that the middles of the columns need from the left to the right
 */
export function narrowColumns(graph: LayeredGraph, columns: Int32Array): number {
  const limit = TIMES * graph.layers.reduce((most, layer) => Math.max(most, spanOf(graph, layer)), 0) + PLUS
  const rounds = Math.min(MOST_ROUNDS, MOST_VISITED / graph.stops.length)
  let { steps, width } = longestStaircase(graph, columns)
  for (let round = 0; width > limit && round < rounds; round += 1) {
    const cuts = cutsOf(graph, columns, steps, limit)
    if (cuts.length === 0) break
    for (const { column, below } of cuts)
      for (const number of column.slice(below)) columns[number] = column[below] ?? number
    ;({ steps, width } = longestStaircase(graph, columns))
  }
  for (let apart = APART; width > 2 * limit && apart >= 1; apart /= 4) {
    cutEvery(apart, graph, columns)
    ;({ width } = longestStaircase(graph, columns))
  }
  return Math.max(width, limit)
}

/** Cuts all columns every so many layers. */
function cutEvery(apart: number, { layers }: LayeredGraph, columns: Int32Array) {
  const begun = new Map<number, number>()
  for (const [index, layer] of layers.entries()) {
    if (index % apart === 0) begun.clear()
    for (const number of layer) {
      const column = columns[number] ?? number
      columns[number] = begun.get(column) ?? number
      if (columns[number] === number) begun.set(column, number)
    }
  }
}

/** Between the middles of the first and the last stop of a layer. */
function spanOf({ stops }: LayeredGraph, layer: readonly number[]): number {
  return layer.reduce((span, number, index) => {
    const [before, stop] = [stops[layer[index - 1] ?? -1], stops[number]]
    return before && stop ? span + distanceOf(before, stop) : span
  }, 0)
}

/** The columns whose distances add up to most, each pair to the right of the one before. */
function longestStaircase(graph: LayeredGraph, columns: Int32Array): { steps: Pair[]; width: number } {
  const { rights, order } = sidesOf(pairsOf(graph, columns), columns)
  const x = new Float64Array(columns.length)
  const reachedBy = new Map<number, Pair>()
  let end = order[0] ?? 0
  for (const column of order) {
    if ((x[column] ?? 0) > (x[end] ?? 0)) end = column
    for (const pair of rights.get(column) ?? []) {
      const at = (x[column] ?? 0) + pair.room
      if (at <= (x[pair.right] ?? 0)) continue
      x[pair.right] = at
      reachedBy.set(pair.right, pair)
    }
  }
  const steps: Pair[] = []
  for (let pair = reachedBy.get(end); pair; pair = reachedBy.get(pair.left)) steps.push(pair)
  return { steps: steps.reverse(), width: x[end] ?? 0 }
}

/** Cuts a staircase into pieces that are each within the limit, where that is possible. */
function cutsOf(graph: LayeredGraph, columns: Int32Array, steps: readonly Pair[], limit: number): Cut[] {
  const stopsOf = Map.groupBy(graph.layers.flat(), (number) => columns[number] ?? number)
  const cuts: Cut[] = []
  let best: Cut | null = null
  let begin = 0
  let at = 0
  for (const [index, step] of steps.entries()) {
    at += step.room
    if (at > begin + limit && best) {
      cuts.push(best)
      begin = best.at
      best = null
    }
    const next = steps[index + 1]
    if (!next || at < begin + limit / 2) continue
    const cut = lightestCut(graph, stopsOf.get(step.right) ?? [], step, next)
    if (cut && (!best || cut.weight < best.weight)) best = { ...cut, at }
  }
  return cuts
}

/** Where a column is cut so that what is left of it no longer pushes what is right of it. */
function lightestCut(
  { stops }: LayeredGraph,
  column: readonly number[],
  left: Pair,
  right: Pair,
): Omit<Cut, 'at'> | null {
  const [from, to] = left.last < right.first ? [left.last, right.first] : [right.last, left.first]
  let best: Omit<Cut, 'at'> | null = null
  for (const [below, number] of column.entries()) {
    const [upper, lower] = [stops[column[below - 1] ?? -1], stops[number]]
    if (!upper || !lower || upper.layer < from || lower.layer > to) continue
    const weight = weightOf(upper, lower, 0)
    if (!best || weight < best.weight) best = { column, below, weight }
  }
  return best
}
