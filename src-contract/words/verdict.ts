import type { Comparison, SignatureChange } from '../contract/models/compare.ts'
import { groupedNumber } from './human-number.ts'

type Compared = Omit<Comparison, 'Verdict'>

/** Whether the right model may take the left one's place, in a sentence or two. */
export function verdictOf(comparison: Compared, outputs: Comparison['Outputs']): string {
  const { Same, Signature, Operators } = comparison
  // Also of the same bytes, whose class names are in files of their own.
  if (!Signature.Compatible) return brokenVerdict(Signature.Changes)
  if (Same.Bytes) return 'Both are the same file, byte for byte.'
  if (Same.Structure) return sameStructureVerdict(comparison, outputs)
  const signature = Same.Signature ? 'Same signature' : 'Signatures that fit'
  const operators =
    Operators.length === 0 ? 'different nodes or attributes' : `different operators (${operatorsText(Operators)})`
  const weights = Same.Weights === true ? 'the same weights' : 'different weights'
  const advice = outputs === undefined ? 'compare their outputs before you replace it' : outputsText(outputs)
  return `${signature}, but ${operators} and ${weights}. Drop-in compatible: same inputs and outputs; ${advice}.`
}

function sameStructureVerdict({ Same, Initializers, Metadata }: Compared, outputs: Comparison['Outputs']): string {
  const { Same: same, Changed, Added, Removed, Renamed, Unknown } = Initializers
  const total = groupedNumber(same + Changed + Added + Removed + Renamed + Unknown)
  if (Same.Weights === null) {
    const known = Changed === 0 ? '' : `${groupedNumber(Changed)} of ${total} initializers differ, and `
    return `Same structure; ${known}whether the weights differ is not known for ${groupedNumber(Unknown)} of ${total} initializers yet.`
  }
  if (Same.Weights) {
    const rest = Metadata.length === 0 ? 'only their storage differs' : 'only metadata or storage differ'
    return `Same structure and same weights, ${rest}: interchangeable.`
  }
  const what = Metadata.length === 0 ? 'weights' : 'weights and metadata'
  const differing = `Only ${what} differ (${groupedNumber(Changed + Added + Removed)} of ${total} initializers)`
  const effect = outputs === undefined ? 'expect different outputs' : outputsText(outputs)
  return `${differing}. Drop-in compatible: same inputs and outputs; ${effect}.`
}

/** How far outputs lie apart, as the end of a verdict. */
function outputsText(outputs: NonNullable<Comparison['Outputs']>): string {
  const open = outputs.find(({ Largest }) => Largest === null)
  if (open !== undefined)
    return `but on the same random inputs the output “${open.Name}” cannot be compared: ${open.Message.replace(/\.$/, '')}`
  const [most] = outputs.toSorted((a, b) => (b.Largest?.Absolute ?? 0) - (a.Largest?.Absolute ?? 0))
  if (!most?.Largest || most.Largest.Absolute === 0) return 'on the same random inputs both give the same outputs'
  const digits = Number(most.Largest.Absolute.toPrecision(2))
  return `on the same random inputs the largest difference of its outputs is ${digits} (in “${most.Name}”); decide whether that is acceptable`
}

function brokenVerdict(changes: readonly SignatureChange[]): string {
  const breaking = changes.filter(({ Breaks }) => Breaks)
  const [first] = breaking
  if (first === undefined) return ''
  const more = breaking.length > 1 ? `, and ${breaking.length - 1} more` : ''
  return `Not drop-in compatible: ${breakText(first)}${more}.`
}

function breakText({ Side, Name, Change, Left, Right }: SignatureChange): string {
  if (Change === 'removed') return `the ${Side} “${Name}” is gone`
  if (Change === 'added') return `it asks for a new ${Side} “${Name}” (${Right})`
  return `the ${Side} “${Name}” was ${Left} and is ${Right}`
}

function operatorsText(operators: Comparison['Operators']): string {
  const shown = operators.slice(0, 3).map(({ Type, Left, Right }) => `${Type} ${Left} → ${Right}`)
  return shown.join(', ') + (operators.length > shown.length ? ' …' : '')
}
