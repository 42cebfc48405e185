import type { WholeFunction } from '../../../src-contract/contract/functions/function.ts'
import { csvOf } from '../../../src-contract/words/csv.ts'
import { shortBytes } from '../../../src-contract/words/human-number.ts'
import { shortNamedSignature, signatureLine } from '../../../src-contract/words/signature-line.ts'

/** A model of an export, and the name of its folder; `problem` says why it has none. */
export type Exported = { item: WholeFunction; folder: string | null; problem: string | null }

type Column = [title: string, value: (one: Exported) => unknown]
const columns: readonly Column[] = [
  ['Name', ({ item }) => item.Name],
  ['Folder', ({ folder }) => folder],
  ['Problem', ({ problem }) => problem],
  ['Signature', ({ item }) => signatureLine(shortNamedSignature(item))],
  ['Bytes', ({ item }) => item.TotalSize],
  ['Licence', ({ item }) => item.Licence],
  ['Task', ({ item }) => item.Source.Task],
  ['Base model', ({ item }) => item.Source.BaseModel],
  ['Tags', ({ item }) => item.Tags.join('; ')],
  ['Source', ({ item }) => item.Source.Name],
  ['Source URL', ({ item }) => item.Source.Url],
  ['Catalogues', ({ item }) => item.Catalogues.map(({ Name }) => Name).join('; ')],
  ['Updated', ({ item }) => item.UpdatedAt],
  ['UUID', ({ item }) => item.UUID],
  ['SHA-256', ({ item }) => item.FileSha256],
]

function tableOf(exported: readonly Exported[]): Column[] {
  const fields = [...new Set(exported.flatMap(({ item }) => Object.keys(item.Fields)))].sort()
  return [...columns, ...fields.map((name): Column => [name, ({ item }) => item.Fields[name]])]
}

/** The models as a table for spreadsheets, custom fields as columns at the end. */
export function csvIndex(exported: readonly Exported[]): string {
  const table = tableOf(exported)
  const rows = exported.map((one) => table.map(([, value]) => value(one)))
  return `\uFEFF${csvOf([table.map(([title]) => title), ...rows])}`
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (value: unknown) => String(value ?? '').replace(/[&<>"']/g, (sign) => signs[sign] ?? '')
const link = (href: string, text: unknown) => `<a href="${escaped(href)}">${escaped(text)}</a>`

function cellOf(title: string, value: unknown, { folder }: Exported): string {
  if (title === 'Name' && folder !== null) return link(`${encodeURIComponent(folder)}/`, value)
  if (title === 'Source URL' && typeof value === 'string' && /^https?:\/\//.test(value)) return link(value, value)
  if (title === 'Bytes' && typeof value === 'number') return escaped(shortBytes(value))
  return escaped(value)
}

const style = `
:root{color-scheme:light dark;font:14px/1.5 system-ui,sans-serif}body{margin:2rem}
h1{font-size:1.25rem}table{border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem;border-bottom:1px solid #8884;max-width:28rem;overflow-wrap:anywhere}
th{position:sticky;top:0;background:Canvas;white-space:nowrap}`

/** The models as a page that needs nothing else, and that runs nothing. */
export function htmlIndex(exported: readonly Exported[]): string {
  const shown = tableOf(exported).filter(([, value]) => exported.some((one) => (value(one) ?? '') !== ''))
  const head = shown.map(([title]) => `<th>${escaped(title)}</th>`).join('')
  const rows = exported.map((one) =>
    shown.map(([title, value]) => `<td>${cellOf(title, value(one), one)}</td>`).join(''),
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Models</title>
<style>${style}
</style>
<h1>Models</h1>
<table>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row}</tr>`).join('\n')}
</tbody>
</table>
</html>
`
}
