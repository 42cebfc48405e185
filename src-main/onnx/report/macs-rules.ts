import { plainDomain } from '../decode/model.ts'
import { attentionMacs } from './attention-macs.ts'
import { einsumMacs } from './einsum-macs.ts'
import { type MacsRule, times } from './macs-rule.ts'
import { attribute, integer } from './node-attributes.ts'
import { asMultiplied, product } from './shape-rules.ts'

/** One for each element of the output times the size of one filter (all axes of the weights but the first). */
const convolution =
  (weights: number): MacsRule =>
  (node, shapeOf) => {
    const filter = shapeOf(node.inputs[weights])
    const output = shapeOf(node.outputs[0])
    return filter && output ? times(product(output), product(filter.slice(1))) : null
  }

/** One for each element of the input times the size of what it is spread over. */
const transposedConvolution: MacsRule = (node, shapeOf) => {
  const input = shapeOf(node.inputs[0])
  const filter = shapeOf(node.inputs[1])
  return input && filter ? times(product(input), product(filter.slice(1))) : null
}

/** One for each element of the output times the length of the axis that is summed over. */
const matrixProduct: MacsRule = (node, shapeOf) => {
  const left = shapeOf(node.inputs[0])
  const output = shapeOf(node.outputs[0])
  return left && output ? times(product(output), product([asMultiplied(left, node, 'A').at(-1) ?? null])) : null
}

/** Weights in blocks: of which shape they are unpacked is in the attributes alone. */
const blockQuantizedProduct: MacsRule = (node, shapeOf) => {
  const left = shapeOf(node.inputs[0])
  return left && times(product(left), integer(node, 'N'))
}

/** Every step and item of the batch multiplies with the input's and the state's weights of each direction. */
const recurrent: MacsRule = (node, shapeOf) => {
  const [input, weights, recurrence] = [shapeOf(node.inputs[0]), shapeOf(node.inputs[1]), shapeOf(node.inputs[2])]
  if (input === null || weights === null || recurrence === null) return null
  const [perInput, perState] = [product(weights), product(recurrence)]
  return perInput === null || perState === null ? null : times(product(input.slice(0, 2)), perInput + perState)
}

/** Every row multiplies with all coefficients. */
const linearModel: MacsRule = (node, shapeOf) => {
  const input = shapeOf(node.inputs[0])
  const coefficients = attribute(node, 'coefficients')?.value
  return input && coefficients?.type === 'floats' ? times(product(input.slice(0, -1)), coefficients.count) : null
}

const convolutions = convolution(1)

/** Operators that multiply and accumulate, by domain. */
const rules: Readonly<Record<string, Readonly<Record<string, MacsRule>>>> = {
  '': {
    Conv: convolutions,
    ConvInteger: convolutions,
    DeformConv: convolutions,
    CausalConvWithState: convolutions,
    QLinearConv: convolution(3),
    ConvTranspose: transposedConvolution,
    Gemm: matrixProduct,
    MatMul: matrixProduct,
    MatMulInteger: matrixProduct,
    QLinearMatMul: matrixProduct,
    LSTM: recurrent,
    GRU: recurrent,
    RNN: recurrent,
    Einsum: einsumMacs,
    Attention: attentionMacs.onnx,
  },
  'ai.onnx.ml': { LinearClassifier: linearModel, LinearRegressor: linearModel },
  'ai.onnx.preview': { FlexAttention: attentionMacs.onnx },
  'com.microsoft': {
    FusedConv: convolutions,
    NhwcConv: convolutions,
    NhwcFusedConv: convolutions,
    QLinearConv: convolution(3),
    CausalConvWithState: convolutions,
    ConvTransposeWithDynamicPads: transposedConvolution,
    FusedGemm: matrixProduct,
    QGemm: matrixProduct,
    TransposeMatMul: matrixProduct,
    FusedMatMul: matrixProduct,
    FusedMatMulActivation: matrixProduct,
    DynamicQuantizeMatMul: matrixProduct,
    MatMulIntegerToFloat: matrixProduct,
    MatMulNBits: blockQuantizedProduct,
    MatMulBnb4: blockQuantizedProduct,
    DynamicQuantizeLSTM: recurrent,
    Attention: attentionMacs.merged,
    QAttention: attentionMacs.merged,
    MultiHeadAttention: attentionMacs.multiHead,
    GroupQueryAttention: attentionMacs.groupQuery,
  },
}

/**
 * Operators that move, look up, compare, reduce or compute element by element, by domain: they count as none. What is in neither
 * table may do anything.
 */
const without: Readonly<Record<string, ReadonlySet<string>>> = {
  '': new Set(
    (
      'Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool BatchNormalization Bernoulli BitCast ' +
      'BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor BlackmanWindow Cast CastLike Ceil Celu CenterCropPad Clip Col2Im ' +
      'Compress Concat ConcatFromSequence Constant ConstantOfShape Cos Cosh CumProd CumSum DepthToSpace DequantizeLinear Div ' +
      'Dropout DynamicQuantizeLinear Elu Equal Erf Exp Expand EyeLike Flatten Floor Gather GatherElements GatherND Gelu ' +
      'GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample GroupNormalization HammingWindow ' +
      'HannWindow HardSigmoid HardSwish Hardmax Identity If ImageDecoder InstanceNormalization IsInf IsNaN LRN ' +
      'LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax Loop LpNormalization LpPool Max MaxPool MaxRoiPool ' +
      'MaxUnpool Mean MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul Multinomial Neg NegativeLogLikelihoodLoss ' +
      'NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement OptionalHasElement Or PRelu Pad Pow QuantizeLinear ' +
      'RMSNormalization RandomNormal RandomNormalLike RandomUniform RandomUniformLike Range Reciprocal ReduceL1 ReduceL2 ' +
      'ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare RegexFullMatch Relu ' +
      'Reshape Resize ReverseSequence RoiAlign RotaryEmbedding Round Scan Scatter ScatterElements ScatterND Selu SequenceAt ' +
      'SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap Shape Shrink Sigmoid Sign Sin ' +
      'Sinh Size Slice Softmax SoftmaxCrossEntropyLoss Softplus Softsign SpaceToDepth Split SplitToSequence Sqrt Squeeze ' +
      'StringConcat StringNormalizer StringSplit Sub Sum SwiGLU Swish Tan Tanh TensorScatter TfIdfVectorizer ThresholdedRelu ' +
      'Tile TopK Transpose Trilu Unique Unsqueeze Upsample Where Xor ' +
      // Withdrawn from ONNX, or ONNX Runtime's own in this domain.
      'Affine Crop DynamicSlice GivenTensorFill ImageScaler ParametricSoftplus Scale ScaledTanh SimplifiedLayerNormalization'
    ).split(' '),
  ),
  'ai.onnx.ml': new Set(
    (
      'ArrayFeatureExtractor Binarizer CastMap CategoryMapper DictVectorizer FeatureVectorizer Imputer LabelEncoder Normalizer ' +
      'OneHotEncoder Scaler TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor ZipMap'
    ).split(' '),
  ),
  'ai.onnx.preview.training': new Set(['Adagrad', 'Adam', 'Momentum']),
  'com.microsoft': new Set(
    (
      'BiasAdd BiasDropout BiasGelu BiasSoftmax BiasSplitGelu BifurcationDetector BitmaskBiasDropout BitmaskDropout ' +
      'BitmaskDropoutGrad ComplexMul ComplexMulConj CropAndResize DequantizeBFP DequantizeLinear DequantizeWithOrder DropoutGrad EmbedLayerNormalization ' +
      'ExpandDims FastGelu GatedAdd GatherBlockQuantized GatherND Gelu GemmaRotaryEmbedding GridSample GroupNorm IsAllFinite ' +
      'MRotaryEmbedding MaxpoolWithMask MulInteger MurmurHash3 NGramRepeatBlock NhwcMaxPool Pad QEmbedLayerNormalization ' +
      'QLinearAdd QLinearAveragePool QLinearConcat QLinearGlobalAveragePool QLinearLeakyRelu QLinearMul QLinearReduceMean ' +
      'QLinearSigmoid QLinearSoftmax QLinearWhere QOrderedGelu QOrderedLayerNormalization QuantizeBFP QuantizeLinear ' +
      'QuantizeWithOrder QuickGelu Range Recv ReduceSumInteger RelativePositionBias RemovePadding RestorePadding RotaryEmbedding Send ' +
      'SkipGroupNorm SkipLayerNormalization SkipSimplifiedLayerNormalization SoftmaxCrossEntropyLossGrad Tokenizer TorchEmbedding Trilu UnfoldTensor Unique'
    ).split(' '),
  ),
}

/** What is known of an operator of a published set: its rule, that it has no multiply-accumulates, or nothing. */
export function macsRule(domain: string, operator: string): MacsRule | 'none' | 'unknown' {
  const set = plainDomain(domain)
  const ofDomain = Object.hasOwn(rules, set) ? rules[set] : undefined
  if (ofDomain !== undefined && Object.hasOwn(ofDomain, operator)) return ofDomain[operator] ?? 'unknown'
  return Object.hasOwn(without, set) && without[set]?.has(operator) ? 'none' : 'unknown'
}
