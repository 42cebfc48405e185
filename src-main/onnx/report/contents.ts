import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import type { Model, Node } from '../decode/model.ts'
import type { Scope } from '../decode/scopes.ts'
import type { StoredTensor } from '../decode/stored-tensors.ts'

/** How often each operator stands in these scopes, by `domain operator`; the default domain is ''. */
export function countOperators(scopes: Scope[]): Map<string, number> {
  const counts = new Map<string, number>()
  // Most nodes belong to one domain, where a name is at hand that need not be put together first.
  const usual = new Map<string, number>()
  for (const { nodes } of scopes) {
    for (let index = 0; index < nodes.length; index++) {
      const { domain = '', operator = '' } = nodes[index] ?? {}
      if (domain === '' || domain === 'ai.onnx') usual.set(operator, (usual.get(operator) ?? 0) + 1)
      else counts.set(`${domain} ${operator}`, (counts.get(`${domain} ${operator}`) ?? 0) + 1)
    }
  }
  for (const [operator, count] of usual) counts.set(` ${operator}`, count)
  return counts
}

/** The counts as the report lists them: most frequent first, then by name. */
export function operatorList(counts: ReadonlyMap<string, number>): Inspection['Operators'] {
  return [...counts]
    .map(([key, Count]) => ({ Domain: key.slice(0, key.indexOf(' ')), Type: key.slice(key.indexOf(' ') + 1), Count }))
    .sort((a, b) => b.Count - a.Count || compareText(a.Type, b.Type) || compareText(a.Domain, b.Domain))
}

/** Values and bytes of all stored tensors, by element type, most bytes first. */
export function countParameters(stored: readonly StoredTensor[]): Inspection['Parameters'] {
  const byType = new Map<ElementType, { Count: number; Bytes: number }>()
  let total = 0
  let totalBytes = 0
  for (const { tensor, count, bytes } of stored) {
    const entry = byType.get(tensor.elementType) ?? { Count: 0, Bytes: 0 }
    entry.Count += count
    entry.Bytes += bytes
    byType.set(tensor.elementType, entry)
    total += count
    totalBytes += bytes
  }
  const ByType = [...byType]
    .map(([ElementType, entry]) => ({ ElementType, ...entry }))
    .sort((a, b) => b.Bytes - a.Bytes)
  return { Count: total, Bytes: totalBytes, ByType }
}

/** Uses, by nodes of the main graph, of values that are no initializers. */
export function countEdges(model: Model): number {
  const stored = new Set(model.graph.initializers.map((tensor) => tensor.name))
  for (const { values } of model.graph.sparseInitializers) stored.add(values.name)
  let edges = 0
  for (const { inputs } of model.graph.nodes) {
    for (let index = 0; index < inputs.length; index++) {
      const input = inputs[index] ?? ''
      if (input !== '' && !stored.has(input)) edges++
    }
  }
  return edges
}

const quantizing =
  /^(QLinear|QuantizeLinear|DequantizeLinear|DynamicQuantize|MatMulInteger|ConvInteger|MatMulNBits|MatMulBnb4|GatherBlockQuantized|Q(Attention|Gemm|MoE|EmbedLayerNormalization|OrderedAttention|OrderedMatMul)$)/

/** Whether the model computes with quantized values. */
export function isQuantized(model: Model, operators: ReadonlyMap<string, number>): boolean {
  if (model.graph.quantization.length > 0) return true
  return [...operators.keys()].some((key) => quantizing.test(key.slice(key.indexOf(' ') + 1)))
}

/** Whether the model holds what trains it: training information, gradients or optimizers. */
export function isTraining(model: Model, scopes: Scope[]): boolean {
  return model.training.length > 0 || scopes.some(({ nodes }) => nodes.some(isTrainingNode))
}

function isTrainingNode({ domain, operator }: Node): boolean {
  if (domain.startsWith('ai.onnx.preview.training') || domain === 'ai.onnx.training') return true
  return domain === 'com.microsoft' && /(Grad|Optimizer(V\d)?|LossInternal|InPlaceAccumulator(V\d)?)$/.test(operator)
}

/** Order by code points: the same on every machine, whatever its language. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
