import { type SizeExpression, sizeExpression } from './size-expression.ts'

/** An input by its name and the sizes that a model states for it: a number, a symbol, or null. */
export type SizedInput = { Name: string; Shape: readonly (number | string | null)[] | null }

/** The sizes of all symbols, and the symbols that no other determines. */
export type SymbolicSizes = { sizes: Map<string, number>; free: string[] }

const LARGEST = 2 ** 40
/** More expressions than these, and longer chains of them, are no model's but meant to keep us busy. */
const MOST_DERIVED = 256
const LONGEST_CHAIN = 8
/** So often sizes are doubled that make another one of less than 1, as 1 does with `s0//2`. */
const MOST_DOUBLINGS = 12

/**
 * Gives every symbol of these inputs a size so that they fit each other: symbols that are expressions of others follow from them, or
 * they from those, where `known` has a size for the expression. What nothing determines is as `defaultOf` says.
 */
export function symbolicSizes(
  inputs: readonly SizedInput[],
  known: ReadonlyMap<string, number>,
  defaultOf: (symbol: string) => number = () => 1,
): SymbolicSizes {
  const symbols = new Set(inputs.flatMap(({ Shape }) => Shape ?? []).filter((size) => typeof size === 'string'))
  const derived = derivedSymbols(inputs, symbols)
  const used = new Set([...derived.values()].flatMap(({ variables }) => variables))
  const all = [...new Set([...symbols, ...used])]
  const free = all.filter((symbol) => !derived.has(symbol))
  const settled = new Map([...known].filter(([symbol]) => symbols.has(symbol) || used.has(symbol)))
  const chosen = new Set<string>()
  deduce(derived, settled)
  for (const symbol of free) {
    if (settled.has(symbol)) continue
    settled.set(symbol, defaultOf(symbol))
    chosen.add(symbol)
    if (used.has(symbol)) deduce(derived, settled)
  }
  for (let doubling = 0; doubling < MOST_DOUBLINGS; doubling++) {
    const small = [...derived].filter(([symbol]) => !known.has(symbol) && sizeOf(symbol, derived, settled) < 1)
    const grown = new Set(small.flatMap(([, { variables }]) => variables).filter((symbol) => chosen.has(symbol)))
    if (grown.size === 0) break
    for (const symbol of grown) settled.set(symbol, Math.max(1, settled.get(symbol) ?? 1) * 2)
  }
  return { sizes: new Map(all.map((symbol) => [symbol, sizeOf(symbol, derived, settled)])), free }
}

/** Settles what follows from expressions whose size is known, and all but one of whose symbols are. */
function deduce(derived: ReadonlyMap<string, SizeExpression>, settled: Map<string, number>): void {
  for (let before = -1; settled.size > before; ) {
    before = settled.size
    for (const [symbol, expression] of derived) {
      const size = settled.get(symbol)
      const [open, ...more] = expression.variables.filter((name) => !settled.has(name))
      if (size === undefined || open === undefined || more.length > 0) continue
      const found = solved(expression, open, size, settled)
      if (found !== null) settled.set(open, found)
    }
  }
}

/** The least size of a symbol that gives an expression its size, searched by halves: sizes grow with what they are made of. */
function solved(
  expression: SizeExpression,
  open: string,
  size: number,
  settled: ReadonlyMap<string, number>,
): number | null {
  const at = (value: number) => expression.value((name) => (name === open ? value : (settled.get(name) ?? Number.NaN)))
  let [low, high] = [1, LARGEST]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (at(middle) < size) low = middle + 1
    else high = middle
  }
  return [low, 0].find((value) => at(value) === size) ?? null
}

/** What is settled, or follows from it; 0 where that is no size. */
function sizeOf(
  symbol: string,
  derived: ReadonlyMap<string, SizeExpression>,
  settled: ReadonlyMap<string, number>,
  depth = 0,
): number {
  const expression = derived.get(symbol)
  const known = settled.get(symbol)
  if (known !== undefined || expression === undefined || depth > LONGEST_CHAIN) return known ?? 1
  const size = expression.value((name) => sizeOf(name, derived, settled, depth + 1))
  return size >= 0 && size <= LARGEST ? size : 0
}

/** The symbols that are expressions of others, as they are written or as exporters of language models mean them. */
function derivedSymbols(inputs: readonly SizedInput[], symbols: ReadonlySet<string>): Map<string, SizeExpression> {
  const derived = new Map<string, SizeExpression>()
  const decoder = decoderOf(inputs, symbols)
  for (const symbol of symbols) {
    const expression =
      sizeExpression(symbol) ??
      encoderLength(symbol, symbols) ??
      totalLength(symbol, decoder) ??
      stepLength(symbol, decoder)
    if (expression !== null && derived.size < MOST_DERIVED) derived.set(symbol, expression)
  }
  return derived
}

/** Optimum has another name for the length of an encoder where its keys and values are kept: `encoder_sequence_length_out`. */
function encoderLength(symbol: string, symbols: ReadonlySet<string>): SizeExpression | null {
  const encoder = symbol.replace(/_out$/, '')
  return encoder !== symbol && symbols.has(encoder) ? { variables: [encoder], value: (size) => size(encoder) } : null
}

/** Whether an input says which positions count: exporters of language models call it so. Random ones make no sense to most. */
export const isAttentionMask = (name: string): boolean => /^(\w+_)?attention_mask$/.test(name)

type Decoder = {
  symbols: ReadonlySet<string>
  pasts: string[]
  tokens: number | string | null
  mask: string | null
  isMaskAlone: boolean
}

/** What the inputs of a decoder say of its lengths: of the past, of the tokens and of the mask. */
function decoderOf(inputs: readonly SizedInput[], symbols: ReadonlySet<string>): Decoder {
  const lengthOf = (name: RegExp) => inputs.find(({ Name }) => name.test(Name))?.Shape?.[1] ?? null
  const length = lengthOf(/^(decoder_)?attention_mask$/)
  const mask = typeof length === 'string' ? length : null
  return {
    symbols,
    mask,
    isMaskAlone: mask !== null && inputs.filter(({ Shape }) => Shape?.includes(mask)).length === 1,
    pasts: [...symbols].filter((symbol) => /past/i.test(symbol) && sizeExpression(symbol) === null),
    tokens: lengthOf(/^(decoder_)?(input_ids|inputs_embeds)$/),
  }
}

/** The length that a decoder attends to: all positions before, and those that it is given. */
function totalLength(symbol: string, { symbols, pasts, tokens, mask, isMaskAlone }: Decoder): SizeExpression | null {
  const named = /^total_(.+)$/i.exec(symbol)?.[1]
  if (named === undefined && !(isMaskAlone && symbol === mask)) return null
  const past = symbols.has(`past_${named}`) ? `past_${named}` : pasts.length === 1 ? pasts[0] : undefined
  const step = named !== undefined && symbols.has(named) ? named : tokens
  if (past === undefined || past === symbol || step === null || step === symbol) return null
  return typeof step === 'number'
    ? { variables: [past], value: (size) => size(past) + step }
    : { variables: [past, step], value: (size) => size(past) + size(step) }
}

/** A decoder whose mask is some positions longer than the past takes that many tokens at a time. */
function stepLength(symbol: string, { pasts, tokens, mask }: Decoder): SizeExpression | null {
  const total = symbol === tokens && mask !== null ? sizeExpression(mask) : null
  const [past, ...others] = total?.variables ?? []
  if (total === null || past === undefined || others.length > 0 || !pasts.includes(past)) return null
  return { variables: [], value: () => total.value(() => 0) }
}
