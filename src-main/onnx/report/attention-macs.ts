import type { Dimension, Node } from '../decode/model.ts'
import type { MacsRule, ShapeOf } from './macs-rule.ts'
import { integer, integers } from './node-attributes.ts'
import { product } from './shape-rules.ts'

type Size = Dimension | undefined

/** Sizes of one attention: all heads' widths together, and how many positions ask and are asked. */
type Sizes = { batch: Size; queries: Size; keys: Size; past: Size; width: Size; valueWidth: Size }

/** Every query with every key, and every weight with every value. Masks leave nothing out: runtimes compute what they hide. */
function attention({ batch, queries, keys, past, width, valueWidth }: Sizes): number | null {
  return product([batch ?? null, queries ?? null, sum(keys, past), sum(width, valueWidth)])
}

function sum(left: Size, right: Size): number | null {
  return typeof left === 'number' && typeof right === 'number' ? left + right : null
}

function quotient(width: Size, heads: number | null): number | null {
  return typeof width === 'number' && heads !== null && heads > 0 ? width / heads : null
}

/** The length of a cache of heads × positions × width; 0 where the node has none. */
function pastLength(node: Node, input: number, axis: number, shapeOf: ShapeOf): Size {
  const name = node.inputs[input] ?? ''
  return name === '' ? 0 : shapeOf(name)?.[axis]
}

/** ONNX's own: its inputs are batch × heads × positions × width, or batch × positions × all widths. */
const onnx: MacsRule = (node, shapeOf) => {
  const [query, key, value] = [shapeOf(node.inputs[0]), shapeOf(node.inputs[1]), shapeOf(node.inputs[2])]
  if (query === null || key === null || value === null) return null
  const past = node.operator === 'Attention' ? pastLength(node, 4, 2, shapeOf) : 0
  if (query.length === 4) {
    const [batch, heads = null, queries, size = null] = query
    const [width, valueWidth] = [product([heads, size]), product([heads, value[3] ?? null])]
    return attention({ batch, queries, keys: key[2], past, width, valueWidth })
  }
  const heads = integer(node, 'q_num_heads')
  const size = quotient(value[2], integer(node, 'kv_num_heads'))
  return attention({
    batch: query[0],
    queries: query[1],
    keys: key[1],
    past,
    width: query[2],
    valueWidth: product([heads, size]),
  })
}

/** ONNX Runtime's first one: it multiplies the input with the weights of queries, keys and values before. */
const merged: MacsRule = (node, shapeOf) => {
  const [input, weights] = [shapeOf(node.inputs[0]), shapeOf(node.inputs[1])]
  if (input?.length !== 3 || weights?.length !== 2) return null
  const [batch, queries] = input
  const past = pastLength(node, node.operator === 'QAttention' ? 8 : 4, 3, shapeOf)
  const widths = integers(node, 'qkv_hidden_sizes')
  const even = quotient(weights[1], 3)
  const [width, valueWidth] = [widths?.[0] ?? even, widths?.[2] ?? even]
  const own = attention({ batch, queries, keys: queries, past, width, valueWidth })
  return sum(product([...input, weights[1] ?? null]), own)
}

/** Keys and values lie apart, together with each other or with the queries, or are a cache already. */
const multiHead: MacsRule = (node, shapeOf) => {
  const query = shapeOf(node.inputs[0])
  if (query === null) return null
  const [batch, queries] = query
  const past = pastLength(node, 6, 2, shapeOf)
  if (query.length === 5) {
    const width = product([query[2] ?? null, query[4] ?? null])
    return attention({ batch, queries, keys: queries, past, width, valueWidth: width })
  }
  const width = query[2]
  const [key, value] = [shapeOf(node.inputs[1]), shapeOf(node.inputs[2])]
  if (key?.length === 5) return attention({ batch, queries, keys: key[1], past, width, valueWidth: width })
  if (key === null || value === null) return null
  if (key.length === 3) return attention({ batch, queries, keys: key[1], past, width, valueWidth: value[2] })
  const valueWidth = product([value[1] ?? null, value[3] ?? null])
  return attention({ batch, queries, keys: key[2], past: 0, width, valueWidth })
}

/** Groups of heads share keys and values; where these have no inputs of their own they follow the queries in theirs. */
const groupQuery: MacsRule = (node, shapeOf) => {
  const query = shapeOf(node.inputs[0])
  const [heads, shared] = [integer(node, 'num_heads'), integer(node, 'kv_num_heads')]
  if (query?.length !== 3 || heads === null || shared === null) return null
  const [batch, queries, all] = query
  const isPacked = (node.inputs[1] ?? '') === ''
  const width = isPacked ? product([heads, quotient(all, heads + 2 * shared)]) : all
  return attention({ batch, queries, keys: queries, past: pastLength(node, 3, 2, shapeOf), width, valueWidth: width })
}

/** Rules for operators that attend, by how they take their inputs. */
export const attentionMacs = { onnx, merged, multiHead, groupQuery }
