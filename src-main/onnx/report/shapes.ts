import type { Attribute, Dimension, Graph, Node } from '../decode/model.ts'

/** Shapes of the values of one graph, by name; a value that is not in it has an unknown rank. */
export type Shapes = Map<string, readonly Dimension[]>

/** Shapes that the graph states: of initializers, inputs, outputs and whatever inner values its exporter wrote down. */
export function statedShapes(graph: Graph): Shapes {
  const shapes: Shapes = new Map()
  for (const list of [graph.values, graph.outputs, graph.inputs]) {
    for (const { name, type } of list) {
      if (type !== null && 'shape' in type && type.shape !== null) shapes.set(name, type.shape)
    }
  }
  for (const tensor of graph.initializers) shapes.set(tensor.name, tensor.dimensions)
  for (const { values, dimensions } of graph.sparseInitializers) shapes.set(values.name, dimensions)
  return shapes
}

/** Operators whose first output has the shape of their first input. */
const sameShape = new Set(
  (
    'Abs Acos Acosh Asin Asinh Atan Atanh BatchNormalization BiasGelu Cast Ceil Celu Clip Cos Cosh CumSum DequantizeLinear ' +
    'DynamicQuantizeLinear Dropout Elu Erf Exp FastGelu Floor Gelu GroupNormalization HardSigmoid HardSwish Hardmax Identity ' +
    'InstanceNormalization LRN LayerNormalization LeakyRelu Log LogSoftmax LpNormalization MeanVarianceNormalization Mish Neg ' +
    'Not PRelu QuantizeLinear QuickGelu Reciprocal Relu Round Selu Shrink Sigmoid Sign SimplifiedLayerNormalization Sin Sinh ' +
    'SkipLayerNormalization Softmax Softplus Softsign Sqrt Swish Tan Tanh ThresholdedRelu QLinearSigmoid QLinearLeakyRelu'
  ).split(' '),
)

const broadcasting = new Set('Add And Div Equal Greater Less Max Mean Min Mod Mul Or Pow Sub Sum Where Xor'.split(' '))

/** Adds what follows from the inputs' shapes for the outputs of a node whose shapes the graph does not state. */
export function propagateShape(node: Node, shapes: Shapes): void {
  const output = node.outputs[0]
  if (output === undefined || output === '' || shapes.has(output)) return
  const shape = outputShape(node, shapes)
  if (shape !== null) shapes.set(output, shape)
}

function outputShape(node: Node, shapes: Shapes): readonly Dimension[] | null {
  if (sameShape.has(node.operator)) return shapes.get(node.inputs[0] ?? '') ?? null
  const inputs = node.inputs.map((name) => shapes.get(name))
  const [first, second] = inputs
  if (broadcasting.has(node.operator)) return inputs.reduce<readonly Dimension[] | null>(broadcast, [])
  switch (node.operator) {
    case 'Conv':
    case 'FusedConv':
    case 'ConvInteger':
      return first && second ? windowed(node, first, second[0] ?? null, second.slice(2)) : null
    case 'QLinearConv':
      return first && inputs[3] ? windowed(node, first, inputs[3][0] ?? null, inputs[3].slice(2)) : null
    case 'MaxPool':
    case 'AveragePool':
    case 'LpPool':
      return first ? windowed(node, first, first[1] ?? null, integers(node, 'kernel_shape') ?? []) : null
    case 'GlobalAveragePool':
    case 'GlobalMaxPool':
      return first ? first.map((size, axis) => (axis < 2 ? size : 1)) : null
    case 'Gemm':
      return first && second ? gemm(node, first, second) : null
    case 'MatMul':
    case 'MatMulInteger':
      return first && second ? matMul(first, second) : null
    case 'Transpose':
      return first ? transposed(first, integers(node, 'perm')) : null
    case 'Flatten':
      return first ? flattened(first, integer(node, 'axis') ?? 1) : null
    case 'Concat':
      return concatenated(inputs, integer(node, 'axis') ?? 0)
    case 'Constant':
      return constantShape(node)
    default:
      return null
  }
}

function broadcast(
  left: readonly Dimension[] | null,
  right: readonly Dimension[] | undefined,
): readonly Dimension[] | null {
  if (left === null || right === undefined) return null
  const [long, short] = left.length >= right.length ? [left, right] : [right, left]
  const lead = long.length - short.length
  return long.map((size, axis) => {
    const other = axis < lead ? 1 : (short[axis - lead] ?? null)
    if (size === other || other === 1) return size
    if (size === 1) return other
    // A known size that is not 1 is what the other must be, or must be stretched to.
    return typeof size === 'number' ? size : typeof other === 'number' ? other : null
  })
}

/** The output of a convolution or pooling, as the operators' documents define it. */
function windowed(
  node: Node,
  input: readonly Dimension[],
  channels: Dimension,
  kernel: readonly Dimension[],
): Dimension[] | null {
  const spatial = input.slice(2)
  if (spatial.length !== kernel.length) return null
  const pads = integers(node, 'pads')
  const strides = integers(node, 'strides')
  const dilations = integers(node, 'dilations')
  const autoPad = text(node, 'auto_pad')
  const roundUp = integer(node, 'ceil_mode') === 1
  const sizes = spatial.map((size, axis) => {
    const window = kernel[axis]
    const stride = strides?.[axis] ?? 1
    if (typeof size !== 'number' || typeof window !== 'number' || stride < 1) return null
    if (autoPad.startsWith('SAME')) return Math.ceil(size / stride)
    const padding = autoPad === 'VALID' ? 0 : (pads?.[axis] ?? 0) + (pads?.[axis + spatial.length] ?? 0)
    const steps = (size + padding - (dilations?.[axis] ?? 1) * (window - 1) - 1) / stride
    return Math.max(0, (roundUp ? Math.ceil(steps) : Math.floor(steps)) + 1)
  })
  return [input[0] ?? null, channels, ...sizes]
}

function gemm(node: Node, left: readonly Dimension[], right: readonly Dimension[]): Dimension[] | null {
  if (left.length !== 2 || right.length !== 2) return null
  const rows = left[integer(node, 'transA') ? 1 : 0]
  const columns = right[integer(node, 'transB') ? 0 : 1]
  return [rows ?? null, columns ?? null]
}

function matMul(left: readonly Dimension[], right: readonly Dimension[]): Dimension[] | null {
  if (left.length === 0 || right.length === 0) return null
  const batch = broadcast(left.slice(0, -2), right.slice(0, -2))
  if (batch === null) return null
  const rows = left.length > 1 ? [left.at(-2) ?? null] : []
  const columns = right.length > 1 ? [right.at(-1) ?? null] : []
  return [...batch, ...rows, ...columns]
}

function transposed(input: readonly Dimension[], order: number[] | null): Dimension[] | null {
  if (order === null) return input.toReversed()
  return order.length === input.length ? order.map((axis) => input[axis] ?? null) : null
}

function flattened(input: readonly Dimension[], axis: number): Dimension[] {
  const at = axis < 0 ? axis + input.length : axis
  return [product(input.slice(0, at)), product(input.slice(at))]
}

function concatenated(inputs: (readonly Dimension[] | undefined)[], axis: number): Dimension[] | null {
  const [first] = inputs
  if (first === undefined || inputs.some((shape) => shape?.length !== first.length)) return null
  const at = axis < 0 ? axis + first.length : axis
  const sizes = inputs.map((shape) => shape?.[at] ?? null)
  const known = sizes.filter((size) => typeof size === 'number')
  const total = known.length === sizes.length ? known.reduce((sum, size) => sum + size, 0) : null
  return first.map((size, index) => (index === at ? total : size))
}

function constantShape(node: Node): Dimension[] | null {
  const value = node.attributes[0]?.value
  if (value?.type === 'tensor') return value.value.dimensions
  if (value?.type === 'float' || value?.type === 'int' || value?.type === 'string') return []
  if (value?.type === 'floats' || value?.type === 'ints' || value?.type === 'strings') return [value.count]
  return null
}

/** The product of sizes; null where one is not known. */
export function product(sizes: readonly Dimension[]): number | null {
  let total = 1
  for (const size of sizes) {
    if (typeof size !== 'number' || size < 0) return null
    total *= size
  }
  return total
}

/** A node's integer attribute; null where it has none of that name. */
function integer(node: Node, name: string): number | null {
  const value = attribute(node, name)?.value
  return value?.type === 'int' && typeof value.value === 'number' ? value.value : null
}

function integers(node: Node, name: string): number[] | null {
  const value = attribute(node, name)?.value
  return value?.type === 'ints' && value.values !== null ? value.values.map(Number) : null
}

function text(node: Node, name: string): string {
  const value = attribute(node, name)?.value
  return value?.type === 'string' ? (value.value ?? '') : ''
}

function attribute(node: Node, name: string): Attribute | undefined {
  return node.attributes.find((item) => item.name === name)
}
