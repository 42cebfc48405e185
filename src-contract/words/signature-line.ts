import type { NamedTensor, StatedShapes, WholeFunction } from '../contract/functions/function.ts'
import type { Truncated } from '../contract/functions/truncated.ts'
import { type ElementType, elementTypeInfo, elementTypes, isElementType } from '../contract/models/element-type.ts'
import { type Dimension, dimensionText, type GraphValue, isWideSize } from '../contract/models/inspection.ts'

/** One side of a signature, in the short notation. */
export type ShortValue = {
  name: string
  /** `f32`, `i64`, `seq(f32)`. */
  type: string
  /** For the tint; that of the innermost tensor. */
  elementType: ElementType
  /** `N×3×224×224`; empty for a scalar and for what is no tensor, `…` where nothing is known of the rank. */
  shape: string
}

export type ShortSignature = {
  inputs: ShortValue[]
  outputs: ShortValue[]
  /** How many there are in all: a row of a list has only the first of very many. */
  counts: { inputs: number; outputs: number }
  /** Symbols whose names were too long to show, with the short names that stand for them. */
  symbols: { short: string; full: string }[]
}

/** Symbols up to this length are shown as they are. */
const longestSymbol = 10

/** Runtime's words to short names, for types such as `seq(map(int64,tensor(float)))`. */
const shortByWord = new Map(Object.values(elementTypes).map(({ runtime, short }): [string, string] => [runtime, short]))

/**
 * The short notation of a signature from the inspection report. Inputs with a stored default are left out. Long symbolic
 * sizes become `d0`, `d1` … in the order in which they appear, the same symbol always the same.
 */
export function shortSignature(inputs: readonly GraphValue[], outputs: readonly GraphValue[]): ShortSignature {
  const asked = inputs.filter((input) => !input.Initialized)
  const shortened = shortSymbols([...asked, ...outputs].flatMap((value) => value.Shape ?? []))
  const short = (value: GraphValue): ShortValue => ({
    name: value.Name,
    type: value.Kind === 'tensor' ? elementTypeInfo(value.ElementType).short : shortType(value.Type),
    elementType: value.ElementType,
    shape: value.Kind === 'tensor' || value.Kind === 'sparse' ? shapeText(value.Shape, shortened) : '',
  })
  return {
    inputs: asked.map(short),
    outputs: outputs.map(short),
    counts: { inputs: asked.length, outputs: outputs.length },
    symbols: listSymbols(shortened),
  }
}

/** The short notation of a signature from a row of a list. */
export function shortNamedSignature({
  NamedInput,
  NamedOutput,
  StatedShapes: stated,
  Truncated = {},
}: Pick<WholeFunction, 'NamedInput' | 'NamedOutput' | 'StatedShapes'> & { Truncated?: Truncated }): ShortSignature {
  const shortened = shortSymbols([...stated.Input, ...stated.Output].flatMap((shape) => shape ?? []))
  const short = (values: readonly NamedTensor[], shapes: StatedShapes['Input']) =>
    values.map((value, index) => shortNamed(value, shapes[index], shortened))
  return {
    inputs: short(NamedInput, stated.Input),
    outputs: short(NamedOutput, stated.Output),
    counts: {
      inputs: Truncated.NamedInput ?? NamedInput.length,
      outputs: Truncated.NamedOutput ?? NamedOutput.length,
    },
    symbols: listSymbols(shortened),
  }
}

/** A signature on one line: `image  f32 N×3×224×224  →  scores  f32 N×1000`; of several values the first and `+2`. */
export function signatureLine({ inputs, outputs, counts }: Omit<ShortSignature, 'symbols'>): string {
  return `${sideText(inputs, counts.inputs)}  →  ${sideText(outputs, counts.outputs)}`
}

/** A type in ONNX's words with short names for its element types: `seq(tensor(float))` becomes `seq(f32)`. */
export function shortType(type: string): string {
  return type
    .replace(/(?<!_)tensor\((\w+)\)/g, (_, word: string) => shortByWord.get(word) ?? word)
    .replace(/sparse_tensor\((\w+)\)/g, (_, word: string) => `sparse ${shortByWord.get(word) ?? word}`)
    .replace(/map\((\w+),/g, (_, word: string) => `map(${shortByWord.get(word) ?? word},`)
}

function listSymbols(shortened: ReadonlyMap<string, string>): ShortSignature['symbols'] {
  return [...shortened].map(([full, short]) => ({ short, full }))
}

function shortNamed(
  { Name, DataType }: NamedTensor,
  shape: readonly Dimension[] | null | undefined,
  shortened: ReadonlyMap<string, string>,
): ShortValue {
  const [innermost = ''] = DataType.match(/\w+(?=\)*$)/) ?? []
  return {
    name: Name,
    type: shortByWord.get(DataType) ?? shortType(DataType),
    elementType: isElementType(innermost) ? innermost : 'unknown',
    shape: !DataType.includes('(') || DataType.startsWith('sparse_tensor(') ? shapeText(shape ?? null, shortened) : '',
  }
}

function shapeText(shape: readonly Dimension[] | null, shortened: ReadonlyMap<string, string>): string {
  if (shape === null) return '…'
  return shape.map((size) => shortened.get(String(size)) ?? dimensionText(size)).join('×')
}

/** The long symbols among sizes, each with the short name that stands for it. */
export function shortSymbols(sizes: readonly Dimension[]): Map<string, string> {
  const symbols = new Set(sizes.filter((size) => typeof size === 'string'))
  const shortened = new Map<string, string>()
  let next = 0
  for (const symbol of symbols) {
    if (symbol.length <= longestSymbol || isWideSize(symbol)) continue
    while (symbols.has(`d${next}`)) next++
    shortened.set(symbol, `d${next++}`)
  }
  return shortened
}

function sideText(values: readonly ShortValue[], count: number): string {
  const [first] = values
  if (first === undefined) return 'nothing'
  const text = `${first.name}  ${first.type}${first.shape === '' ? '' : ` ${first.shape}`}`
  return count > 1 ? `${text}  +${count - 1}` : text
}
