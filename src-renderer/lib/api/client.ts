import { z } from 'zod'
import { Configuration } from '../../../src-contract/contract/admin/configuration.ts'
import { CatalogueItem } from '../../../src-contract/contract/functions/catalogue.ts'
import { FieldInUse } from '../../../src-contract/contract/functions/field-in-use.ts'
import { FunctionDetail, FunctionItem, type FunctionUpdate } from '../../../src-contract/contract/functions/function.ts'
import { HistoryEntry } from '../../../src-contract/contract/functions/history.ts'
import type { LinkRequest } from '../../../src-contract/contract/functions/link.ts'
import { ModelLocation } from '../../../src-contract/contract/functions/location.ts'
import { Source } from '../../../src-contract/contract/functions/source.ts'
import { Statistics } from '../../../src-contract/contract/functions/statistics.ts'
import { TrashItem } from '../../../src-contract/contract/functions/trash.ts'
import { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { type Options, parse } from './parse.ts'
import { ask } from './transport.ts'

/** A page of a listing. `capped`: there are more matches than `total`, which a search stops counting at. */
export type FunctionPage = { rows: FunctionItem[]; total: number; capped: boolean }

const Rows = z.array(FunctionItem)

/** One page of `GET /functions`; `filters` are parameters of the API. */
export async function listFunctions(
  filters: Readonly<Record<string, string>>,
  page: { offset: number; limit: number },
  options: Options = {},
): Promise<FunctionPage> {
  const query = new URLSearchParams(filters)
  query.set('Offset', String(page.offset))
  query.set('Limit', String(page.limit))
  const answer = await ask({ method: 'GET', path: `/functions?${query}`, ...options })
  const rows = parse(Rows, answer)
  const total = Number(answer.headers['x-pagination-records'] ?? page.offset + rows.length)
  return { rows, total, capped: answer.headers['x-pagination-capped'] === 'true' }
}

/** A function with its revision, for `If-Match`. */
export type Revised = { body: FunctionDetail; revision: string }

export async function getFunction(uuid: string, options: Options = {}): Promise<Revised> {
  const answer = await ask({ method: 'GET', path: `/function/${uuid}`, ...options })
  return { body: parse(FunctionDetail, answer), revision: answer.headers.etag ?? '' }
}

export async function getInspection(uuid: string, options: Options = {}): Promise<Inspection> {
  return parse(Inspection, await ask({ method: 'GET', path: `/function/${uuid}/inspection`, ...options }))
}

/** Has the cabinet check once more whether the model runs here; the report tells what came of it. */
export async function checkAgain(uuid: string): Promise<void> {
  await ask({ method: 'POST', path: `/function/${uuid}/check` })
}

/** Where the model lies on this machine. @throws ApiError 403 where the caller may not know */
export async function getLocation(uuid: string, options: Options = {}): Promise<ModelLocation> {
  return parse(ModelLocation, await ask({ method: 'GET', path: `/admin/function/${uuid}/location`, ...options }))
}

/** Changes the keys that are present. With a revision, refuses (412) when somebody else changed it since. */
export async function updateFunction(uuid: string, change: FunctionUpdate, revision?: string): Promise<Revised> {
  const answer = await ask({
    method: 'PATCH',
    path: `/function/${uuid}`,
    json: change,
    ...(revision && { headers: { 'If-Match': revision } }),
  })
  return { body: parse(FunctionDetail, answer), revision: answer.headers.etag ?? '' }
}

export async function deleteFunction(uuid: string): Promise<void> {
  await ask({ method: 'DELETE', path: `/function/${uuid}` })
}

/** Takes a function back out of the trash. */
export async function undeleteFunction(uuid: string): Promise<void> {
  await ask({ method: 'POST', path: `/function/${uuid}/undelete` })
}

const Catalogues = z.array(CatalogueItem)

export async function listCatalogues(options: Options = {}): Promise<CatalogueItem[]> {
  return parse(Catalogues, await ask({ method: 'GET', path: '/catalogues', ...options }))
}

const Created = z.looseObject({ UUID: z.string() })

/** Adds a catalogue. @returns its UUID */
export async function createCatalogue(name: string): Promise<string> {
  return parse(Created, await ask({ method: 'POST', path: '/catalogues', json: { Name: name } })).UUID
}

export async function renameCatalogue(uuid: string, name: string): Promise<void> {
  await ask({ method: 'PATCH', path: `/catalogue/${uuid}`, json: { Name: name } })
}

export async function deleteCatalogue(uuid: string): Promise<void> {
  await ask({ method: 'DELETE', path: `/catalogue/${uuid}` })
}

export async function getStatistics(options: Options = {}): Promise<Statistics> {
  return parse(Statistics, await ask({ method: 'GET', path: '/functions/statistics', ...options }))
}

export async function getConfiguration(options: Options = {}): Promise<Configuration> {
  return parse(Configuration, await ask({ method: 'GET', path: '/configuration', ...options }))
}

const History = z.array(HistoryEntry)

/** Every change of a function, newest first. */
export async function getHistory(uuid: string, options: Options = {}): Promise<HistoryEntry[]> {
  return parse(History, await ask({ method: 'GET', path: `/function/${uuid}/history`, ...options }))
}

/** Makes a function again what it was at a revision; that is a new revision. */
export async function restoreRevision(uuid: string, revision: number): Promise<void> {
  await ask({ method: 'POST', path: `/function/${uuid}/restore`, json: { Revision: revision } })
}

const Trash = z.array(TrashItem)

/** The deleted functions, latest first; at most 1,000. */
export async function listTrash(options: Options = {}): Promise<TrashItem[]> {
  return parse(Trash, await ask({ method: 'GET', path: '/functions/trash?Limit=1000', ...options }))
}

/** Adds a function whose file is fetched in the background from an address, a path or a project. */
export async function linkFunction(request: LinkRequest): Promise<void> {
  await ask({ method: 'POST', path: '/functions/link', json: request })
}

/** Fetches a linked function's file again from where it is linked to, whatever the kind of the link. */
export async function fetchAgain(uuid: string): Promise<void> {
  await ask({ method: 'PATCH', path: `/function/${uuid}/link`, json: { EdgeImpulse: true } })
}

const Sources = z.array(Source)

/** Every combination of a source's name and address in use. */
export async function listSources(options: Options = {}): Promise<Source[]> {
  return parse(Sources, await ask({ method: 'GET', path: '/functions/sources', ...options }))
}

const FieldNames = z.array(FieldInUse)

/** The names of own fields that functions have, by name. */
export async function listFields(options: Options = {}): Promise<FieldInUse[]> {
  return parse(FieldNames, await ask({ method: 'GET', path: '/functions/fields', ...options }))
}

const Document = z.object({ paths: z.record(z.string(), z.unknown()) })

/** The paths of the operations that this cabinet has, as its own document tells them. */
export async function listOperations(options: Options = {}): Promise<Set<string>> {
  const document = parse(Document, await ask({ method: 'GET', path: '/openapi.json?private=true', ...options }))
  return new Set(Object.keys(document.paths))
}
