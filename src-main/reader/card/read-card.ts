import { z } from 'zod'
import { Fields, MOST_FIELDS } from '../../../src-contract/contract/functions/function.ts'
import { markdown } from '../../../src-contract/util/text.ts'
import { type CardReading, type CardValues, emptyCard } from '../tasks/card-tasks.ts'
import { parseFrontMatter, readCardFile, UnreadableCard, valuesOf } from './front-matter.ts'
import { toSpdx } from './licences.ts'

/** Reads a model card; what of it cannot be read is left out, with a sentence. */
export function readCard(path: string, name: string): CardReading {
  let read = emptyCard
  try {
    const { yaml, body } = readCardFile(path, name)
    read = { ...emptyCard, Documentation: documentationOf(body) }
    return { ...read, ...(yaml !== null && frontMatterValues(yaml, name)), Problem: null }
  } catch (error) {
    if (!(error instanceof UnreadableCard)) throw error
    return { ...read, Problem: error.message }
  }
}

/** What front matter says. @throws UnreadableCard */
export function frontMatterValues(yaml: string, name: string): Omit<CardValues, 'Documentation'> {
  const said = FrontMatter.parse(valuesOf(parseFrontMatter(yaml, name), name))
  const [licence] = said.license
  const stated = licence?.toLowerCase() === 'other' ? (said.license_name ?? licence) : licence
  return {
    Licence: stated === undefined ? null : toSpdx(stated),
    Tags: [...new Set(said.tags)].slice(0, 100),
    SourceTask: said.pipeline_tag ?? null,
    SourceBaseModel: said.base_model.length === 0 ? null : said.base_model.join(', ').slice(0, 500),
    Fields: metricsOf(said['model-index']),
  }
}

export function documentationOf(body: string): string {
  const text = body.trim()
  return markdown.safeParse(text).success ? text : ''
}

/** A scalar as a line of text; what is anything else, or too long, says nothing. */
const text = (limit: number) =>
  z
    .union([z.string(), z.number()])
    .transform((value) => String(value).replace(/\s+/g, ' ').trim())
    .refine((value) => value !== '' && value.length <= limit && value.isWellFormed() && !value.includes('\0'))
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined)
/** One or several; what is no text among them is left out. */
const texts = (limit: number) =>
  z
    .unknown()
    .default(null)
    .transform((value) =>
      [value].flat().flatMap((one) => {
        const { success, data } = text(limit).safeParse(one)
        return success ? [data] : []
      }),
    )

const Metric = z.object({ type: maybe(text(60)), name: maybe(text(60)), value: z.unknown() })
const Result = z.object({
  dataset: z.object({ name: maybe(text(60)) }).catch({ name: undefined }),
  metrics: z.array(z.unknown()).catch([]),
})
const Model = z.object({ results: z.array(z.unknown()).catch([]) })

const FrontMatter = z.object({
  license: texts(100),
  license_name: maybe(text(100)),
  tags: texts(100),
  pipeline_tag: maybe(text(200)),
  base_model: texts(500),
  'model-index': z.array(z.unknown()).catch([]),
})

/** The metrics of a card as custom fields; with several data sets, each by the name of its own. */
function metricsOf(index: readonly unknown[]): Fields {
  const results = index.flatMap((model) => listOf(Model.safeParse(model).data?.results, Result))
  const isSeveral = new Set(results.map(({ dataset }) => dataset.name)).size > 1
  const found = results.flatMap(({ dataset, metrics }) =>
    listOf(metrics, Metric).flatMap(({ type, name = type, value }): [string, unknown][] =>
      name === undefined ? [] : [[isSeveral && dataset.name !== undefined ? `${name} (${dataset.name})` : name, value]],
    ),
  )
  const fields: Fields = {}
  for (const [name, value] of found) {
    const one = Fields.safeParse({ [name]: value })
    if (one.success && !Object.hasOwn(fields, name)) Object.assign(fields, one.data)
    if (Object.keys(fields).length === MOST_FIELDS / 2) break
  }
  return fields
}

function listOf<Schema extends z.ZodType>(values: readonly unknown[] = [], schema: Schema): z.output<Schema>[] {
  return values.flatMap((value) => {
    const { success, data } = schema.safeParse(value)
    return success ? [data] : []
  })
}
