/** A size that exporters write in terms of others, such as `past + sequence`, `2*s0` or `Max(1, s0//2)`. */
export type SizeExpression = {
  /** The names in it, each once. */
  variables: readonly string[]
  /** Its value, rounded down, where each name has the size that `sizeOf` gives; it need not be a size. */
  value(sizeOf: (name: string) => number): number
}

type Term = (sizeOf: (name: string) => number) => number

const LONGEST = 256
const DEEPEST = 32

/** What sympy, in which PyTorch computes its sizes, and shape inference have in them, in lower case. */
const functions: ReadonlyMap<string, (...values: number[]) => number> = new Map([
  ['max', Math.max],
  ['min', Math.min],
  ['floor', (value: number) => floor(value)],
  ['ceiling', (value: number) => -floor(-value)],
  ['ceil', (value: number) => -floor(-value)],
  ['mod', (left: number, right: number) => modulo(left, right)],
  ['pythonmod', (left: number, right: number) => modulo(left, right)],
  ['floordiv', (left: number, right: number) => floor(left / right)],
  ['cleandiv', (left: number, right: number) => floor(left / right)],
  ['ceildiv', (left: number, right: number) => -floor(-left / right)],
  ['inttruediv', (left: number, right: number) => left / right],
])

/** Rounds down, but for what a quotient lost in binary. */
const floor = (value: number) => Math.floor(value + 1e-9)
const modulo = (left: number, right: number) => left - floor(left / right) * right

/**
 * Reads a symbolic size as an expression of others; null where it is a plain name, or anything else. Nothing is evaluated but
 * arithmetic, and what a hostile model writes there is bounded in length and depth.
 */
export function sizeExpression(text: string): SizeExpression | null {
  // Names such as `batch-size`, `dim-0` and `N/A` are no differences and quotients: exporters put spaces around a minus.
  if (text.length > LONGEST || /[\w.]-[\w.]|[\w.]\/[A-Za-z_]/.test(text)) return null
  const tokens = tokensOf(text)
  if (tokens === null || tokens.length < 2) return null
  const variables = new Set<string>()
  const term = new Parser(tokens, variables).read()
  if (term === null || variables.size === 0) return null
  return {
    variables: [...variables],
    value: (sizeOf) => floor(term(sizeOf)),
  }
}

function tokensOf(text: string): string[] | null {
  const token = /\s*(\d+(?:\.\d+)?|[A-Za-z_][\w.]*|\*\*|\/\/|[-+*/%(),])\s*/y
  const tokens: string[] = []
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.[1]
    if (found === undefined) return null
    tokens.push(found)
  }
  return tokens
}

/** Reads sums of products by recursive descent; each step gives null where the tokens do not fit. */
class Parser {
  #tokens: readonly string[]
  #variables: Set<string>
  #at = 0
  #depth = 0

  constructor(tokens: readonly string[], variables: Set<string>) {
    this.#tokens = tokens
    this.#variables = variables
  }

  read(): Term | null {
    const sum = this.#sum()
    return this.#at === this.#tokens.length ? sum : null
  }

  #take(...wanted: string[]): string | undefined {
    const token = this.#tokens[this.#at]
    if (token === undefined || !wanted.includes(token)) return undefined
    this.#at++
    return token
  }

  #sum(): Term | null {
    let left = this.#product()
    for (let sign = this.#take('+', '-'); left && sign; sign = this.#take('+', '-')) {
      left = combined(left, this.#product(), sign === '+' ? (a, b) => a + b : (a, b) => a - b)
    }
    return left
  }

  #product(): Term | null {
    let left = this.#signed()
    for (let sign = this.#take('*', '//', '/', '%'); left && sign; sign = this.#take('*', '//', '/', '%')) {
      const apply = { '*': (a: number, b: number) => a * b, '/': (a: number, b: number) => a / b, '%': modulo }[sign]
      left = combined(left, this.#signed(), apply ?? ((a, b) => floor(a / b)))
    }
    return left
  }

  #signed(): Term | null {
    if (++this.#depth > DEEPEST) return null
    const isNegative = this.#take('-') !== undefined
    const value = isNegative ? this.#signed() : this.#power()
    this.#depth--
    return value && isNegative ? (sizeOf) => -value(sizeOf) : value
  }

  #power(): Term | null {
    const base = this.#atom()
    return this.#take('**') ? combined(base, this.#atom(), (a, b) => a ** b) : base
  }

  #atom(): Term | null {
    if (this.#take('(')) return this.#closed(this.#sum())
    const token = this.#tokens[this.#at++] ?? ''
    if (/^\d/.test(token)) return () => Number(token)
    if (!/^\w/.test(token)) return null
    if (this.#take('(')) return this.#call(token)
    this.#variables.add(token)
    return (sizeOf) => sizeOf(token)
  }

  #closed(inner: Term | null): Term | null {
    return this.#take(')') ? inner : null
  }

  #call(name: string): Term | null {
    const call = functions.get(name.toLowerCase())
    const values: Term[] = []
    do {
      const value = this.#sum()
      if (value === null) return null
      values.push(value)
    } while (this.#take(','))
    return this.#closed(call ? (sizeOf) => call(...values.map((value) => value(sizeOf))) : null)
  }
}

function combined(left: Term | null, right: Term | null, apply: (a: number, b: number) => number): Term | null {
  return left && right && ((sizeOf) => apply(left(sizeOf), right(sizeOf)))
}
