import type { Comparison, SignatureChange } from '../../../src-contract/contract/models/compare.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'
import { compareInitializers } from './compare-initializers.ts'
import { compareSignatures } from './compare-signatures.ts'

/**
 * The diff of two models from their reports, with a verdict on whether the right one may take the left one's place. It
 * knows of the weights only as far as the reports hold digests of the tensors and files, and of what the models compute only
 * where `outputs` says how far theirs lie apart on the same random inputs.
 */
export function compareReports(left: Inspection, right: Inspection, outputs?: Comparison['Outputs']): Comparison {
  const changes = compareSignatures(left, right)
  const Initializers = compareInitializers(left.Initializers, right.Initializers)
  const differing = Initializers.Changed + Initializers.Added + Initializers.Removed
  const comparison: Omit<Comparison, 'Verdict'> = {
    Same: {
      Bytes: left.FileSha256 !== null && left.FileSha256 === right.FileSha256,
      Structure: left.StructureSha256 === right.StructureSha256,
      Signature: changes.length === 0,
      Weights: differing > 0 ? false : Initializers.Unknown > 0 ? null : true,
    },
    Signature: { Compatible: !changes.some(({ Breaks }) => Breaks), Changes: changes },
    Opsets: compareMaps(opsetsOf(left), opsetsOf(right)).map(({ Key, ...versions }) => ({ Domain: Key, ...versions })),
    Operators: compareOperators(left, right),
    Initializers,
    Metadata: compareMaps(metadataOf(left), metadataOf(right)),
    Parameters: { Left: left.Parameters.Count, Right: right.Parameters.Count },
    FileSize: { Left: left.FileSize, Right: right.FileSize },
  }
  return { Verdict: verdictOf(comparison, outputs), ...comparison, ...(outputs && { Outputs: outputs }) }
}

function verdictOf(comparison: Omit<Comparison, 'Verdict'>, outputs: Comparison['Outputs']): string {
  const { Same, Signature, Operators } = comparison
  if (Same.Bytes) return 'Both are the same file, byte for byte.'
  if (!Signature.Compatible) return brokenVerdict(Signature.Changes)
  if (Same.Structure) return sameStructureVerdict(comparison, outputs)
  const signature = Same.Signature ? 'Same signature' : 'Signatures that fit'
  const operators =
    Operators.length === 0 ? 'different nodes or attributes' : `different operators (${operatorsText(Operators)})`
  const weights = Same.Weights === true ? 'the same weights' : 'different weights'
  const advice = outputs === undefined ? 'compare their outputs before you replace it' : outputsText(outputs)
  return `${signature}, but ${operators} and ${weights}. Drop-in compatible: same inputs and outputs; ${advice}.`
}

function sameStructureVerdict(
  { Same, Initializers, Metadata }: Omit<Comparison, 'Verdict'>,
  outputs: Comparison['Outputs'],
): string {
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

function compareOperators(left: Inspection, right: Inspection): Comparison['Operators'] {
  const keyOf = ({ Domain, Type }: { Domain: string; Type: string }) => `${Domain} ${Type}`
  const rightCounts = new Map(right.Operators.map((operator) => [keyOf(operator), operator]))
  const rows = left.Operators.map(({ Domain, Type, Count }) => {
    const other = rightCounts.get(`${Domain} ${Type}`)
    rightCounts.delete(`${Domain} ${Type}`)
    return { Domain, Type, Left: Count, Right: other?.Count ?? 0 }
  })
  for (const { Domain, Type, Count } of rightCounts.values()) rows.push({ Domain, Type, Left: 0, Right: Count })
  const differing = rows.filter((row) => row.Left !== row.Right)
  return differing.sort((a, b) => Math.abs(b.Left - b.Right) - Math.abs(a.Left - a.Right))
}

function opsetsOf(report: Inspection): Map<string, string> {
  return new Map(report.Opsets.map(({ Domain, Version }) => [Domain === 'ai.onnx' ? '' : Domain, String(Version)]))
}

/** What models say of themselves: the fields of the format under their names in the report, then own keys. */
function metadataOf(report: Inspection): Map<string, string> {
  const own = report.Metadata.map(({ Key, Value }): [string, string] => [`Metadata.${Key}`, Value])
  return new Map([
    ['IrVersion', String(report.IrVersion)],
    ['Producer', `${report.Producer.Name} ${report.Producer.Version}`.trim()],
    ['Domain', report.Domain],
    ['ModelVersion', String(report.ModelVersion)],
    ['Documentation', report.Documentation],
    ['Graph.Name', report.Graph.Name],
    ...own,
  ])
}

/** The keys whose texts differ. */
function compareMaps(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): Comparison['Metadata'] {
  const keys = new Set([...left.keys(), ...right.keys()])
  const rows = [...keys].map((Key) => ({ Key, Left: left.get(Key) ?? null, Right: right.get(Key) ?? null }))
  return rows.filter((row) => row.Left !== row.Right)
}
