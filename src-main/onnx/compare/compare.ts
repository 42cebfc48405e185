import type { Comparison } from '../../../src-contract/contract/models/compare.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { verdictOf } from '../../../src-contract/words/verdict.ts'
import { plainDomain } from '../decode/model.ts'
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
  return new Map(report.Opsets.map(({ Domain, Version }) => [plainDomain(Domain), String(Version)]))
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
