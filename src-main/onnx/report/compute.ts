import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { type Dimension, type Graph, type Model, plainDomain } from '../decode/model.ts'
import { macsRule } from './macs-rules.ts'
import type { Shapes } from './shape-rules.ts'
import { propagateShape, type ShapeConflict, statedShapes } from './shapes.ts'

/**
 * Multiply-accumulates of one run of the main graph, and the values whose stated shapes cannot be right. Nodes in sub-graphs and
 * functions run as often as the data decides, so they count as not covered, as do operators that may do anything. A
 * symbolic first axis of an input is the batch, and taken to be 1.
 */
export function countCompute(
  model: Model,
  operators: ReadonlyMap<string, number>,
): { compute: Inspection['Compute']; conflicts: ShapeConflict[] } {
  const { graph } = model
  const called = new Set(model.functions.map(({ domain, name }) => `${plainDomain(domain)} ${name}`))
  let all = 0
  for (const [key, count] of operators) {
    const split = key.indexOf(' ')
    if (!called.has(key) && macsRule(key.slice(0, split), key.slice(split + 1)) !== 'none') all += count
  }
  const shapes = statedShapes(graph)
  const batches = batchSymbols(graph)
  const assumed = new Set<string>()
  const conflicts: ShapeConflict[] = []
  let total = 0
  let covered = 0
  const shapeOf = (name: string | undefined) => resolved(name, shapes, batches, assumed)
  for (const node of graph.nodes) {
    const rule = macsRule(node.domain, node.operator)
    const isCall = called.size > 0 && called.has(`${plainDomain(node.domain)} ${node.operator}`)
    if (rule === 'unknown' || isCall) continue
    const conflict = propagateShape(node, shapes)
    if (conflict !== null) conflicts.push(conflict)
    const macs = rule === 'none' ? null : rule(node, shapeOf)
    if (macs === null || !Number.isSafeInteger(macs)) continue
    total += macs
    covered++
  }
  if (all === 0) return { compute: { Macs: 0, Coverage: 1, Assumed: [] }, conflicts }
  const known = covered > 0 && Number.isSafeInteger(total)
  const compute = {
    Macs: known ? total : null,
    Coverage: known ? covered / all : 0,
    Assumed: known ? [...assumed] : [],
  }
  return { compute, conflicts }
}

function batchSymbols(graph: Graph): Set<string> {
  const stored = new Set(graph.initializers.map((tensor) => tensor.name))
  const symbols = new Set<string>()
  for (const { name, type } of graph.inputs) {
    const first = type !== null && 'shape' in type ? type.shape?.[0] : undefined
    if (typeof first === 'string' && !stored.has(name)) symbols.add(first)
  }
  return symbols
}

function resolved(
  name: string | undefined,
  shapes: Shapes,
  batches: ReadonlySet<string>,
  assumed: Set<string>,
): readonly Dimension[] | null {
  const shape = shapes.get(name ?? '')
  if (shape === undefined) return null
  return shape.map((size) => {
    if (typeof size !== 'string' || !batches.has(size)) return size
    assumed.add(size)
    return 1
  })
}
