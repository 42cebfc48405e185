import type { Dimension, Node } from '../decode/model.ts'
import { integer, integers, text } from './node-attributes.ts'

type Shape = readonly Dimension[]

/** Shapes of the values of one graph, by name; a value that is not in it has an unknown rank. */
export type Shapes = Map<string, Shape>

/** Operators whose first output has the shape of their first input. */
const sameShape = new Set(
  (
    'Abs Acos Acosh Asin Asinh Atan Atanh BatchNormalization BiasGelu Cast Ceil Celu Clip Cos Cosh CumSum DequantizeLinear ' +
    'DynamicQuantizeLinear Dropout Elu Erf Exp FastGelu Floor Gelu GroupNormalization HardSigmoid HardSwish Hardmax Identity ' +
    'InstanceNormalization LRN LayerNormalization LeakyRelu Log LogSoftmax LpNormalization MeanVarianceNormalization Mish Neg ' +
    'Not PRelu QuantizeLinear QuickGelu Reciprocal Relu Round Selu Shrink Sigmoid Sign SimplifiedLayerNormalization Sin Sinh ' +
    'SkipLayerNormalization Softmax Softplus Softsign Sqrt Swish Tan Tanh ThresholdedRelu QLinearSigmoid QLinearLeakyRelu ' +
    'CausalConvWithState RMSNormalization SkipSimplifiedLayerNormalization SwiGLU'
  ).split(' '),
)

const broadcasting = new Set('Add And Div Equal Greater Less Max Mean Min Mod Mul Or Pow Sub Sum Where Xor'.split(' '))

/**
 * The shape of a node's first output as its inputs' shapes and the operator's document determine it; null where they do not. It
 * knows operators of ONNX and ONNX Runtime alone.
 */
export function outputShape(node: Node, shapes: Shapes): Shape | null {
  const { operator } = node
  if (sameShape.has(operator)) return shapes.get(node.inputs[0] ?? '') ?? null
  const inputs = node.inputs.map((name) => shapes.get(name))
  const [first, second] = inputs
  if (broadcasting.has(operator)) {
    // Before operator set 7 the second input was stretched to the first along the axis that an attribute names.
    return integer(node, 'broadcast') === 1 ? (first ?? null) : inputs.reduce<Shape | null>(broadcast, [])
  }
  switch (operator) {
    case 'Conv':
    case 'FusedConv':
    case 'ConvInteger':
      return first && second ? windowed(node, first, second[0] ?? null, second.slice(2)) : null
    case 'QLinearConv':
      // ONNX Runtime's has its channels last where it says so.
      return first && inputs[3] && integer(node, 'channels_last') !== 1
        ? windowed(node, first, inputs[3][0] ?? null, inputs[3].slice(2))
        : null
    case 'MaxPool':
    case 'AveragePool':
    case 'LpPool':
      return first ? windowed(node, first, first[1] ?? null, integers(node, 'kernel_shape') ?? []) : null
    case 'GlobalAveragePool':
    case 'GlobalMaxPool':
      return first ? first.map((size, axis) => (axis < 2 ? size : 1)) : null
    case 'Gemm':
    case 'FusedGemm':
      return first && second ? gemm(node, first, second) : null
    case 'QGemm':
      return first && inputs[3] ? gemm(node, first, inputs[3]) : null
    case 'QLinearMatMul':
      return first && inputs[3] ? matMul(first, inputs[3]) : null
    case 'MatMul':
    case 'MatMulInteger':
    case 'MatMulIntegerToFloat':
    case 'DynamicQuantizeMatMul':
      return first && second ? matMul(first, second) : null
    case 'FusedMatMul':
    case 'FusedMatMulActivation':
    case 'TransposeMatMul':
      return first && second ? matMul(asMultiplied(first, node, 'A'), asMultiplied(second, node, 'B')) : null
    case 'MatMulNBits':
    case 'MatMulBnb4':
      return first ? [...first.slice(0, -1), integer(node, 'N')] : null
    case 'Transpose':
      return first ? transposed(first, integers(node, 'perm')) : null
    case 'Flatten':
      return first ? flattened(first, integer(node, 'axis') ?? 1) : null
    case 'Concat':
      return concatenated(inputs, integer(node, 'axis') ?? 1)
    case 'Constant':
      return constantShape(node)
    default:
      return null
  }
}

/** An input of ONNX Runtime's fused matrix products as it is multiplied, after the transpositions that the node asks for. */
export function asMultiplied(shape: Shape, node: Node, side: 'A' | 'B'): Shape {
  if (shape.length < 2) return shape
  // The first axis takes the place of the last but one, and those between them are the batch.
  const moved =
    integer(node, `transBatch${side}`) === 1 ? [...shape.slice(1, -1), shape[0] ?? null, ...shape.slice(-1)] : shape
  return integer(node, `trans${side}`) === 1 ? [...moved.slice(0, -2), ...moved.slice(-2).toReversed()] : moved
}

function broadcast(left: Shape | null, right: Shape | undefined): Shape | null {
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
function windowed(node: Node, input: Shape, channels: Dimension, kernel: Shape): Dimension[] | null {
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
    // Runtimes differ on a last window that would begin in the padding.
    if (roundUp && Math.ceil(steps) * stride >= size + (pads?.[axis] ?? 0)) return null
    return Math.max(0, (roundUp ? Math.ceil(steps) : Math.floor(steps)) + 1)
  })
  return [input[0] ?? null, channels, ...sizes]
}

function gemm(node: Node, left: Shape, right: Shape): Dimension[] | null {
  if (left.length !== 2 || right.length !== 2) return null
  const rows = left[integer(node, 'transA') ? 1 : 0]
  const columns = right[integer(node, 'transB') ? 0 : 1]
  return [rows ?? null, columns ?? null]
}

/** Batches and vectors included. */
function matMul(left: Shape, right: Shape): Dimension[] | null {
  if (left.length === 0 || right.length === 0) return null
  const batch = broadcast(left.slice(0, -2), right.slice(0, -2))
  if (batch === null) return null
  const rows = left.length > 1 ? [left.at(-2) ?? null] : []
  const columns = right.length > 1 ? [right.at(-1) ?? null] : []
  return [...batch, ...rows, ...columns]
}

function transposed(input: Shape, order: number[] | null): Dimension[] | null {
  if (order === null) return input.toReversed()
  return order.length === input.length ? order.map((axis) => input[axis] ?? null) : null
}

function flattened(input: Shape, axis: number): Dimension[] {
  const at = axis < 0 ? axis + input.length : axis
  return [product(input.slice(0, at)), product(input.slice(at))]
}

function concatenated(inputs: (Shape | undefined)[], axis: number): Dimension[] | null {
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
export function product(sizes: Shape): number | null {
  let total = 1
  for (const size of sizes) {
    if (typeof size !== 'number' || size < 0) return null
    total *= size
  }
  return total
}
