import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { GraphValue, Inspection } from '../../../src-contract/contract/models/inspection.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'

type Labels = GraphValue['Labels']

const LARGEST_FILE = 2_000_000
const MOST = 50_000
const LONGEST = 200

/**
 * A report whose outputs name their classes: by the labels among the companions, `id2label` of `config.json`, or the `names` that Ultralytics
 * writes into a model. Labels in the name of an output stay; of the others, those with as many values as classes get them, else the first.
 */
export function withLabels(
  report: Inspection,
  companions: readonly FunctionFile[],
  pathOf: (sha256: string) => string,
): Inspection {
  const labels = labelsOf(report, companions, pathOf)
  const open = report.Outputs.filter(({ Labels: own }) => own.length === 0)
  if (labels.length === 0 || open.length < report.Outputs.length) return report
  const fitting = open.filter(({ Shape }) => Shape?.at(-1) === labels.length)
  const labelled = new Set(fitting.length > 0 ? fitting : open.slice(0, 1))
  return {
    ...report,
    Outputs: report.Outputs.map((output) => (labelled.has(output) ? { ...output, Labels: labels } : output)),
  }
}

function labelsOf(
  { Metadata }: Inspection,
  companions: readonly FunctionFile[],
  pathOf: (sha256: string) => string,
): Labels {
  const small = companions.filter(({ role, size }) => role === 'companion' && size <= LARGEST_FILE)
  for (const { name, sha256 } of [...small].sort((a, b) => rank(a) - rank(b))) {
    const parse = parserOf(name)
    const labels = parse ? attempted(() => parse(readFileSync(pathOf(sha256), 'utf8'))) : []
    if (labels.length > 0) return labels
  }
  const names = Metadata.find(({ Key }) => Key === 'names')?.Value
  return names === undefined ? [] : attempted(() => fromPython(names))
}

/** Files of labels come before configurations. */
const rank = ({ name }: FunctionFile) => Number(/^config\.json$/i.test(name))

function parserOf(name: string): ((text: string) => Labels) | undefined {
  if (/^config\.json$/i.test(name)) return (text) => numbered(Config.parse(JSON.parse(text)).id2label)
  if (!/(labels?|classes|class_names|synset|id2label|\.names)/i.test(name)) return undefined
  if (/\.json$/i.test(name)) return (text) => fromJson(JSON.parse(text))
  return /\.(txt|names|labels)$/i.test(name) ? (text) => listed(text.trimEnd().split(/\r?\n/)) : undefined
}

const Names = z.record(z.string(), z.string())
const Config = z.object({ id2label: Names })

/** A list, `{"0": "cat"}`, `{"cat": 0}`, or one of them within `id2label` or `names`. */
function fromJson(value: unknown): Labels {
  const within = z.object({ id2label: z.unknown(), names: z.unknown() }).partial().safeParse(value).data
  const said = within?.id2label ?? within?.names ?? value
  if (Array.isArray(said)) return listed(z.array(z.string()).parse(said))
  const byName = z.record(z.string(), z.int()).safeParse(said).data
  if (byName) return numbered(Object.fromEntries(Object.entries(byName).map(([name, id]) => [String(id), name])))
  return numbered(Names.parse(said))
}

/** A dictionary as Python prints it: `{0: 'person', 1: "car's"}`. */
function fromPython(text: string): Labels {
  const pairs = text.slice(0, LARGEST_FILE).matchAll(/(\d{1,6})\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)
  return numbered(Object.fromEntries([...pairs].map(([, id = '', single, double = '']) => [id, single ?? double])))
}

const listed = (names: readonly string[]): Labels =>
  numbered(Object.fromEntries(names.map((name, at) => [String(at), name])))

/** In the order of their numbers; none where one has no number. */
function numbered(names: Record<string, string>): Labels {
  const entries = Object.entries(names)
  if (entries.length > MOST || entries.some(([id]) => !/^\d{1,9}$/.test(id))) return []
  return entries
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([Id, name]) => ({ Id, Label: name.trim().slice(0, LONGEST) }))
}

/** What is damaged or of another kind says nothing. */
function attempted(parse: () => Labels): Labels {
  try {
    return parse()
  } catch {
    return []
  }
}
