import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { isFixed, type Scope } from '../model/scope.ts'

/** Operators that do the work; the others between them move, shape or count. */
const tells =
  /^(Conv|ConvTranspose|ConvInteger|QLinearConv|MatMul|MatMulInteger|QLinearMatMul|Gemm|LSTM|GRU|RNN|Attention|MultiHeadAttention|GroupQueryAttention|Softmax|BatchNormalization|LayerNormalization|SkipLayerNormalization|SimplifiedLayerNormalization|InstanceNormalization|GroupNormalization|Relu|LeakyRelu|Gelu|FastGelu|Sigmoid|Tanh|HardSwish|Clip|Elu|Erf|MaxPool|AveragePool|GlobalAveragePool|Concat|Gather|Resize|Upsample|NonMaxSuppression|Loop|If|Scan|TreeEnsemble.*)$/

const SHOWN = 4

/** What tells stored values from computed ones. */
type Fixed = Pick<Scope, 'values' | 'constants'>

const isConvolution = (type: string) => /^(Conv|ConvTranspose|ConvInteger|QLinearConv|FusedConv|NhwcConv)$/.test(type)
const isProduct = (type: string) =>
  /^(MatMul|Gemm|MatMulInteger|QLinearMatMul|FusedMatMul|DynamicQuantizeMatMul)$/.test(type)
const isAttention = (type: string) => /Attention$/.test(type)
const isRecurrent = (type: string) => /^(LSTM|GRU|RNN|DynamicQuantizeLSTM)$/.test(type)

/**
 * What a block of a network is called by those who build networks, where its operators leave no doubt: attention is products around a
 * softmax, a residual block adds what goes round its convolutions, an inception block joins several branches of them. Null for anything else.
 */
export function blockName(nodes: readonly GraphNode[], scope: Fixed): string | null {
  const count = (is: (type: string) => boolean) => nodes.filter(({ Type }) => is(Type)).length
  const products = count(isProduct)
  const convolutions = count(isConvolution)
  const heads = count(isAttention) + (products >= 2 ? count((type) => type === 'Softmax') : 0)
  if (heads > 0)
    return products - 2 * count((type) => type === 'Softmax') >= 4 || count(isAttention) > 0
      ? 'Transformer block'
      : 'Attention'
  const recurrent = nodes.find(({ Type }) => isRecurrent(Type))
  if (recurrent) return `${recurrent.Type.replace('DynamicQuantize', '')} block`
  if (convolutions > 0 && addsRound(nodes, scope)) return 'Residual block'
  const widest = Math.max(0, ...nodes.filter(({ Type }) => Type === 'Concat').map(({ Inputs }) => Inputs.length))
  if (convolutions > 1 && widest > 1) return widest > 2 ? 'Inception block' : 'Dense block'
  return null
}

/** Whether two values that are computed are added, as where a way round the convolutions joins again; a bias is none. */
function addsRound(nodes: readonly GraphNode[], scope: Fixed): boolean {
  return nodes.some(
    ({ Type, Inputs }) =>
      /^(Add|Sum|QLinearAdd)$/.test(Type) && Inputs.filter((value) => !isFixed(value, scope)).length > 1,
  )
}

/** `Conv · BatchNormalization · Relu`: the operators of a block that tell most about it, in the order in which they come. */
export function blockOperators(nodes: readonly GraphNode[]): string {
  const all = [...new Set(nodes.map(({ Type }) => Type))]
  const telling = all.filter((type) => tells.test(type))
  const words = telling.length > 0 ? telling : all
  return words.length > SHOWN ? `${words.slice(0, SHOWN).join(' · ')} …` : words.join(' · ')
}
