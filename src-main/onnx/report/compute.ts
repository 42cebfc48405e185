import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import type { Dimension, Graph, Node } from '../decode/model.ts'
import { product, propagateShape, type Shapes, statedShapes } from './shapes.ts'

/** Counts the multiply-accumulates of one node from its shapes; null where one that it needs is unknown. */
type Rule = (node: Node, shapeOf: (name: string | undefined) => readonly Dimension[] | null) => number | null

/** One for each element of the output times the size of one filter (all axes of the weights but the first). */
const convolution =
  (weights: number): Rule =>
  (node, shapeOf) => {
    const filter = shapeOf(node.inputs[weights])
    const output = shapeOf(node.outputs[0])
    return filter && output ? times(product(output), product(filter.slice(1))) : null
  }

/** One for each element of the input times the size of what it is spread over. */
const transposedConvolution: Rule = (node, shapeOf) => {
  const input = shapeOf(node.inputs[0])
  const filter = shapeOf(node.inputs[1])
  return input && filter ? times(product(input), product(filter.slice(1))) : null
}

/** One for each element of the output times the length of the axis that is summed over. */
const matrixProduct: Rule = (node, shapeOf) => {
  const left = shapeOf(node.inputs[0])
  const output = shapeOf(node.outputs[0])
  const transposed = node.attributes.some(
    ({ name, value }) => name === 'transA' && value.type === 'int' && value.value !== 0,
  )
  return left && output ? times(product(output), product([left.at(transposed ? -2 : -1) ?? null])) : null
}

/** Every step and item of the batch multiplies with the input's and the state's weights of each direction. */
const recurrent: Rule = (node, shapeOf) => {
  const [input, weights, recurrence] = [shapeOf(node.inputs[0]), shapeOf(node.inputs[1]), shapeOf(node.inputs[2])]
  if (input === null || weights === null || recurrence === null) return null
  const [perInput, perState] = [product(weights), product(recurrence)]
  return perInput === null || perState === null ? null : times(product(input.slice(0, 2)), perInput + perState)
}

/** Operators that multiply too, but in numbers that their shapes alone do not tell. */
const uncounted =
  'Attention DeformConv DynamicQuantizeMatMul Einsum FusedMatMul GroupQueryAttention MatMulNBits MultiHeadAttention NhwcConv QAttention QGemm'.split(
    ' ',
  )

/** A rule for every operator that multiplies. */
const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...uncounted.map((operator): [string, Rule] => [operator, () => null]),
  ['Conv', convolution(1)],
  ['FusedConv', convolution(1)],
  ['ConvInteger', convolution(1)],
  ['QLinearConv', convolution(3)],
  ['ConvTranspose', transposedConvolution],
  ['Gemm', matrixProduct],
  ['FusedGemm', matrixProduct],
  ['MatMul', matrixProduct],
  ['MatMulInteger', matrixProduct],
  ['QLinearMatMul', matrixProduct],
  ['LSTM', recurrent],
  ['GRU', recurrent],
  ['RNN', recurrent],
])

/**
 * Multiply-accumulates of one run of the main graph. Nodes in sub-graphs and functions run as often as the data decides, so
 * they count as not covered. A symbolic first axis of an input is the batch, and taken to be 1.
 */
export function countCompute(graph: Graph, operators: ReadonlyMap<string, number>): Inspection['Compute'] {
  let all = 0
  for (const [key, count] of operators) if (rules.has(key.slice(key.indexOf(' ') + 1))) all += count
  if (all === 0) return { Macs: 0, Coverage: 1, Assumed: [] }
  const shapes = statedShapes(graph)
  const batches = batchSymbols(graph)
  const assumed = new Set<string>()
  let total = 0
  let covered = 0
  const shapeOf = (name: string | undefined) => resolved(name, shapes, batches, assumed)
  for (const node of graph.nodes) {
    propagateShape(node, shapes)
    const macs = rules.get(node.operator)?.(node, shapeOf) ?? null
    if (macs === null || !Number.isSafeInteger(macs)) continue
    total += macs
    covered++
  }
  const known = covered > 0 && Number.isSafeInteger(total)
  return { Macs: known ? total : null, Coverage: known ? covered / all : 0, Assumed: known ? [...assumed] : [] }
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

function times(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : left * right
}
