import type { SignatureChange } from '../../../src-contract/contract/models/compare.ts'
import {
  type Dimension,
  type GraphValue,
  type Inspection,
  isWideSize,
} from '../../../src-contract/contract/models/inspection.ts'
import { type ShortValue, shortSignature } from '../../../src-contract/words/signature-line.ts'

type Signature = Pick<Inspection, 'Inputs' | 'Outputs'>

/**
 * The in- and outputs that differ. A change breaks callers of the left model where the right one asks for something new,
 * takes less than before, or gives something other than before; a stored default of an input may come and go.
 */
export function compareSignatures(left: Signature, right: Signature): SignatureChange[] {
  return [
    ...compareSide('input', left.Inputs.filter(isAsked), right.Inputs.filter(isAsked)),
    ...compareSide('output', left.Outputs, right.Outputs),
  ]
}

function isAsked(value: GraphValue): boolean {
  return !value.Initialized
}

function compareSide(Side: SignatureChange['Side'], left: GraphValue[], right: GraphValue[]): SignatureChange[] {
  const rightByName = new Map(right.map((value) => [value.Name, value]))
  const leftNames = new Set(left.map(({ Name }) => Name))
  const changes: SignatureChange[] = []
  for (const before of left) {
    const after = rightByName.get(before.Name)
    if (after === undefined) {
      changes.push({ Side, Name: before.Name, Change: 'removed', Left: notation(before), Right: null, Breaks: true })
    } else if (before.Type !== after.Type || !isSameShape(before.Shape, after.Shape)) {
      const Breaks = Side === 'input' ? !takesAll(after, before) : !takesAll(before, after)
      changes.push({
        Side,
        Name: before.Name,
        Change: 'changed',
        Left: notation(before),
        Right: notation(after),
        Breaks,
      })
    } else if (hasOtherLabels(before, after)) {
      const [Left, Right] = differingLabels(before, after)
      changes.push({ Side, Name: before.Name, Change: 'changed', Left, Right, Breaks: true })
    }
  }
  for (const after of right) {
    if (leftNames.has(after.Name)) continue
    changes.push({
      Side,
      Name: after.Name,
      Change: 'added',
      Left: null,
      Right: notation(after),
      Breaks: Side === 'input',
    })
  }
  return changes
}

/** Whether the same value means another class: what calls the left model would call things by wrong names. */
function hasOtherLabels({ Labels: left }: GraphValue, { Labels: right }: GraphValue): boolean {
  return left.length > 0 && right.length > 0 && JSON.stringify(left) !== JSON.stringify(right)
}

/** So many classes that differ are named. */
const NAMED = 3

/** `class 0 cat, 1 dog` of each side, for the first classes that differ. */
function differingLabels({ Labels: left }: GraphValue, { Labels: right }: GraphValue): [string, string] {
  const byId = (labels: GraphValue['Labels']) => new Map(labels.map(({ Id, Label }) => [Id, Label]))
  const [before, after] = [byId(left), byId(right)]
  const differing = [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id))
  const words = (labels: ReadonlyMap<string, string>) =>
    `class ${differing
      .slice(0, NAMED)
      .map((id) => `${id} ${labels.get(id) ?? '–'}`)
      .join(', ')}${differing.length > NAMED ? ' …' : ''}`
  return [words(before), words(after)]
}

/** Names of symbols say nothing of sizes, so `N` and `batch` are alike. */
function isSameShape(left: GraphValue['Shape'], right: GraphValue['Shape']): boolean {
  if (left === null || right === null) return left === right
  return left.length === right.length && left.every((size, axis) => sizeOf(size) === sizeOf(right[axis] ?? null))
}

/** Whether every value of the narrow description is one of the wide description too. */
function takesAll(wide: GraphValue, narrow: GraphValue): boolean {
  if (wide.Type !== narrow.Type) return false
  if (wide.Shape === null) return true
  if (narrow.Shape === null || narrow.Shape.length !== wide.Shape.length) return false
  const { Shape } = narrow
  return wide.Shape.every((size, axis) => sizeOf(size) === null || sizeOf(size) === sizeOf(Shape[axis] ?? null))
}

/** A fixed size, or null for an open one. Sizes past 2^53 are digits in a string. */
function sizeOf(size: Dimension): number | string | null {
  return typeof size === 'string' && !isWideSize(size) ? null : size
}

function notation(value: GraphValue): string {
  const short: ShortValue | undefined = shortSignature([], [value]).outputs[0]
  return short === undefined ? '' : `${short.type} ${short.shape}`.trim()
}
