import { elementTypes } from '../contract/models/element-type.ts'
import type { Inspection, RuntimeCheck } from '../contract/models/inspection.ts'
import { duration, groupedNumber, plural, shortBytes, shortCount } from './human-number.ts'

/* What is said of a model wherever it is shown: in the window and on the command line. */

const DEFAULT_DOMAINS = new Set(['', 'ai.onnx'])

/** Protobuf counts the bytes of a message in 31 bits. */
const LARGEST_MESSAGE = 2 ** 31 - 1

/** Why a model of so many bytes is of no use; null where protobuf takes it. `consequence` is what follows from that. */
export function pastProtobuf(bytes: number, consequence: string): string | null {
  if (bytes <= LARGEST_MESSAGE) return null
  return `The file has ${shortBytes(bytes)}. Protobuf allows 2 GiB, so ${consequence}; export its weights as external data.`
}

/** `opset 14`, and other domains by name: `opset 14, ai.onnx.ml 3`. */
export function opsetWords(report: Pick<Inspection, 'Opsets'>): string {
  const words = report.Opsets.map(({ Domain, Version }) =>
    DEFAULT_DOMAINS.has(Domain) ? `opset ${Version}` : `${Domain} ${Version}`,
  )
  return words.join(', ')
}

/** The opsets that its nodes take operators from: some exporters name every domain that they know. */
function usedOpsets({ Opsets, Operators }: Pick<Inspection, 'Opsets' | 'Operators'>): Pick<Inspection, 'Opsets'> {
  const used = new Set(Operators.map(({ Domain }) => Domain))
  return { Opsets: Opsets.filter(({ Domain }) => DEFAULT_DOMAINS.has(Domain) || used.has(Domain)) }
}

/** `pytorch 1.13 · IR 8 · opset 14`, with the model's domain and version where it has them, and other opsets where it uses them. */
export function madeBy(
  report: Pick<Inspection, 'Producer' | 'IrVersion' | 'Opsets' | 'Operators' | 'Domain' | 'ModelVersion'>,
): string {
  const { Name, Version } = report.Producer
  const producer = [Name, Version].filter((word) => word !== '').join(' ')
  const version = report.ModelVersion === 0 ? '' : `model version ${report.ModelVersion}`
  return [producer, report.Domain, `IR ${report.IrVersion}`, opsetWords(usedOpsets(report)), version]
    .filter((part) => part !== '')
    .join(' · ')
}

/** `2.7 M multiply-accumulates for N = 1, covering 80 % of the nodes that may multiply`: never a figure without what it covers. */
export function computeWords({ Compute: { Macs, Coverage, Assumed } }: Pick<Inspection, 'Compute'>): string {
  if (Macs === null) return 'multiply-accumulates unknown: sizes are open, or operators are not known'
  const assumed = Assumed.map((symbol) => `${symbol} = 1`).join(', ')
  const covered = Coverage === 1 ? '' : `, covering ${Math.floor(Coverage * 100)} % of the nodes that may multiply`
  return `${shortCount(Macs)} multiply-accumulates${assumed === '' ? '' : ` for ${assumed}`}${covered}`
}

/** `2.7 M, all f32`, or the largest kinds where they differ. */
export function parametersWords(report: Pick<Inspection, 'Parameters'>): string {
  const { Count, ByType } = report.Parameters
  if (Count === 0) return 'none'
  const types = [...ByType].sort((left, right) => right.Count - left.Count)
  const [first] = types
  if (!first) return shortCount(Count)
  if (types.length === 1) return `${shortCount(Count)}, all ${elementTypes[first.ElementType].short}`
  const parts = types.slice(0, 3).map((type) => `${shortCount(type.Count)} ${elementTypes[type.ElementType].short}`)
  return `${shortCount(Count)}: ${parts.join(', ')}${types.length > 3 ? ', …' : ''}`
}

/** `2,327,524 values, 9.3 MB`: the figures behind `parametersWords`. */
export function storedWords({ Parameters: { Count, Bytes } }: Pick<Inspection, 'Parameters'>): string {
  return `${plural(Count, 'value')}, ${shortBytes(Bytes)}`
}

/** `118 nodes, 117 edges, 140 through 2 sub-graphs and 1 function, quantized`. */
export function graphWords({
  Graph,
  Functions,
  Quantized,
  Training,
}: Pick<Inspection, 'Graph' | 'Quantized' | 'Training'> & { Functions: readonly unknown[] }): string {
  const { Nodes, Edges, AllNodes, SubGraphs } = Graph
  const inner = [
    ...(SubGraphs > 0 ? [plural(SubGraphs, 'sub-graph')] : []),
    ...(Functions.length > 0 ? [plural(Functions.length, 'function')] : []),
  ]
  const all = `${groupedNumber(AllNodes)} through ${inner.join(' and ')}`
  return [
    plural(Nodes, 'node'),
    plural(Edges, 'edge'),
    ...(AllNodes === Nodes || inner.length === 0 ? [] : [all]),
    ...(Quantized ? ['quantized'] : []),
    ...(Training ? ['for training'] : []),
  ].join(', ')
}

/** `118 nodes, 14 kinds`: all nodes, those of sub-graphs and functions too. */
export function operatorsWords({ Graph, Operators }: Pick<Inspection, 'Graph' | 'Operators'>): string {
  return `${plural(Graph.AllNodes, 'node')}, ${plural(Operators.length, 'kind')}`
}

/** `yes, loads in 84 ms`, `no`, `not known` where the check ran out of time, or `being checked`; why not is the check's message. */
export function runsHereWords({
  State,
  Reason,
  LoadTime,
}: Pick<RuntimeCheck, 'State' | 'Reason' | 'LoadTime'>): string {
  if (State === 'pending') return 'being checked'
  if (Reason === 'timeout') return 'not known'
  if (State === 'failed') return 'no'
  return LoadTime === null ? 'yes' : `yes, loads in ${duration(LoadTime)}`
}
