import { options } from '../../src-contract/contract/functions/option.ts'
import { elementTypeInfo } from '../../src-contract/contract/models/element-type.ts'
import type { Inspection } from '../../src-contract/contract/models/inspection.ts'
import { duration, plural, shortBytes } from '../../src-contract/words/human-number.ts'
import {
  computeWords,
  graphWords,
  madeBy,
  operatorsWords,
  parametersWords,
  runsHereWords,
  storedWords,
} from '../../src-contract/words/report-words.ts'
import { type ShortValue, shortSignature, signatureLine } from '../../src-contract/words/signature-line.ts'

const labelWidth = 11
const longestList = 8

/** A report for people: the path, the signature, then one fact a line. */
export function describeReport(path: string, report: Inspection): string {
  const signature = shortSignature(report.Inputs, report.Outputs)
  const facts: [string, string[]][] = [
    ['Inputs', columns(signature.inputs.map((value) => valueRow(value, report.Inputs)))],
    ['Outputs', columns(signature.outputs.map((value) => valueRow(value, report.Outputs)))],
    ['Symbols', signature.symbols.map(({ short, full }) => `${short} = ${full}`)],
    ['Made by', [madeBy(report)]],
    ['About', report.Documentation === '' ? [] : report.Documentation.split('\n')],
    ['Metadata', report.Metadata.map(({ Key, Value }) => `${Key} = ${oneLine(Value)}`)],
    ['Graph', [graphWords(report)]],
    [
      'Devices',
      report.Devices.map(({ Name, Count, Devices }) => `${Name}: ${Devices.join(', ') || plural(Count, 'device')}`),
    ],
    [
      'Operators',
      [
        operatorsWords(report),
        ...listed(
          report.Operators.map(({ Domain, Type, Count }) => `${Domain === '' ? '' : `${Domain}.`}${Type} ${Count}`),
        ),
      ],
    ],
    [
      'Functions',
      listed(report.Functions.map(({ Domain, Name, Nodes }) => `${Domain}.${Name} (${plural(Nodes, 'node')})`)),
    ],
    ['Parameters', [parametersText(report)]],
    ['Compute', [computeWords(report)]],
    [
      'External',
      report.External.map(
        ({ Location, Bytes, State, Message }) =>
          `${Location}  ${shortBytes(Bytes)}  ${State}${Message === '' ? '' : `: ${Message}`}`,
      ),
    ],
    ['Largest', largestTensors(report)],
    ['Warnings', report.Warnings.map(({ Message }) => Message)],
    ['Runs here', runtimeText(report)],
    ['SHA-256', report.FileSha256 === null ? [] : [report.FileSha256]],
    ['Structure', [report.StructureSha256]],
    ['Read', [`in ${duration(report.ReadTime)}, ${shortBytes(report.BytesRead)} of ${shortBytes(report.FileSize)}`]],
  ]
  const lines = facts.flatMap(([label, values]) =>
    values.map((value, index) => `  ${(index === 0 ? label : '').padEnd(labelWidth)} ${value}`),
  )
  return [`${path}  (${plural(report.FileSize, 'byte')})`, `  ${signatureLine(signature)}`, '', ...lines, '']
    .map((line) => line.trimEnd())
    .join('\n')
}

function runtimeText({ Runtime }: Inspection): string[] {
  if (Runtime.State === 'pending') return []
  return [`${runsHereWords(Runtime)}: ${Runtime.Message}`]
}

function valueRow(value: ShortValue, values: Inspection['Inputs']): string[] {
  const option = values.find(({ Name }) => Name === value.name)?.Option
  return [value.name, value.type, value.shape === '' ? 'scalar' : value.shape, option ? options[option].label : '']
}

/** Rows with each column as wide as its widest cell. */
function columns(rows: readonly string[][]): string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length)
  return rows.map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  '))
}

function parametersText(report: Inspection): string {
  const words = parametersWords(report)
  return report.Parameters.Count === 0 ? words : `${words} (${storedWords(report)})`
}

function largestTensors({ Initializers }: Inspection): string[] {
  const rows = Initializers.slice(0, 3).map(({ Name, ElementType, Shape, Bytes, Sha256 }) => {
    const shape = Shape.length === 0 ? 'scalar' : Shape.join('×')
    return [Name, elementTypeInfo(ElementType).short, shape, shortBytes(Bytes), Sha256 ?? '']
  })
  return columns(rows)
}

function listed(items: readonly string[]): string[] {
  if (items.length === 0) return []
  const more = items.length > longestList ? ` and ${items.length - longestList} more` : ''
  return [items.slice(0, longestList).join(', ') + more]
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}
