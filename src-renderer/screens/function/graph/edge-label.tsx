import type { Dimension } from '../../../../src-contract/inspection.ts'
import type { Scope } from './scope.ts'

/** Longer labels would lie over each other. */
const LONGEST = 26

const sizes = (shape: readonly Dimension[], symbols: ReadonlyMap<string, string>) =>
  shape.map((size) => (typeof size === 'string' ? (symbols.get(size) ?? size) : (size ?? '?'))).join('×')

/** What an arrow carries: the shape where it is known, long symbols by their short names with the full ones on hover, and how many values more. */
export function edgeLabel(scope: Scope, symbols: ReadonlyMap<string, string>, value: string, count: number) {
  const shape = scope.values.get(value)?.Shape
  const short = shape && shape.length > 0 ? sizes(shape, symbols) : shape ? 'scalar' : ''
  const more = count > 1 ? (short === '' ? `${count} values` : ` +${count - 1}`) : ''
  const text = short.length > LONGEST ? `${short.slice(0, LONGEST - 1)}…${more}` : `${short}${more}`
  if (text === '') return undefined
  return (
    <tspan>
      {text}
      <title>{`${value}${shape ? ` ${sizes(shape, new Map())}` : ''}`}</title>
    </tspan>
  )
}
