import type { FunctionItem } from '../../src-contract/contract/functions/function.ts'
import { csvOf } from '../../src-contract/words/csv.ts'
import { shortNamedSignature, signatureLine } from '../../src-contract/words/signature-line.ts'
import { runsVerdict, troubleOf } from '../lib/format/trouble.ts'

/** Truth values where the check has found out, as spreadsheets know them. */
function runs(item: FunctionItem): boolean | string {
  if (item.Runs === null) return 'not checked'
  return runsVerdict(item).answer === 'unknown' ? 'not known' : item.Runs
}

const plain: readonly [string, (item: FunctionItem) => unknown][] = [
  ['Name', ({ Name }) => Name],
  ['UUID', ({ UUID }) => UUID],
  ['Status', ({ Status }) => Status],
  ['Runs here', runs],
  ['Problem', troubleOf],
  ['Signature', (item) => signatureLine(shortNamedSignature(item))],
  ['Catalogues', ({ Catalogues }) => Catalogues.map(({ Name }) => Name).join('; ')],
  ['Bytes', ({ TotalSize }) => TotalSize],
  ['Starred', ({ Starred }) => Starred],
  ['Source', ({ Source }) => Source.Name],
  ['Source URL', ({ Source }) => Source.Url],
  ['Revision', ({ Source }) => Source.Revision],
  ['Task', ({ Source }) => Source.Task],
  ['Base model', ({ Source }) => Source.BaseModel],
  ['Licence', ({ Licence }) => Licence],
  ['Tags', ({ Tags }) => Tags.join('; ')],
  ['Path', ({ Path }) => Path],
  ['Updated', ({ UpdatedAt }) => UpdatedAt],
]

/** The list as a table for spreadsheets (RFC 4180): one row a model, custom fields as columns at the end. */
export function toCsv(items: readonly FunctionItem[]): string {
  const fields = [...new Set(items.flatMap(({ Fields }) => Object.keys(Fields)))].sort()
  const columns = [
    ...plain,
    ...fields.map((name) => [name, (item: FunctionItem) => item.Fields[name]] satisfies (typeof plain)[number]),
  ]
  const rows = [columns.map(([name]) => name), ...items.map((item) => columns.map(([, value]) => value(item)))]
  return csvOf(rows)
}
