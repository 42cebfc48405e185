import type { FunctionDetail, FunctionItem, FunctionUpdate } from '../../../src-contract/contract/functions/function.ts'
import type { TrashItem } from '../../../src-contract/contract/functions/trash.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { callForAnswer } from './client.ts'

// Operations whose headers say something too.

export type Options = { signal?: AbortSignal }

/** A page of a listing. `capped`: there are more matches than `total`, which a search stops counting at. */
export type FunctionPage = { rows: FunctionItem[]; total: number; capped: boolean }

/** One page of `GET /functions`; `filters` are parameters of the API. */
export async function listFunctions(
  filters: Readonly<Record<string, string>>,
  page: { offset: number; limit: number },
  options: Options = {},
): Promise<FunctionPage> {
  const query = { ...filters, Offset: String(page.offset), Limit: String(page.limit) }
  const { body: rows, headers } = await callForAnswer(operations.listFunctions, { query, ...options })
  const total = Number(headers['x-pagination-records'] ?? page.offset + rows.length)
  return { rows, total, capped: headers['x-pagination-capped'] === 'true' }
}

/** One page of `GET /functions/trash`. */
export async function listTrash(
  page: { offset: number; limit: number },
  options: Options = {},
): Promise<{ rows: TrashItem[]; total: number }> {
  const query = { Offset: String(page.offset), Limit: String(page.limit) }
  const { body: rows, headers } = await callForAnswer(operations.listTrash, { query, ...options })
  return { rows, total: Number(headers['x-pagination-records'] ?? page.offset + rows.length) }
}

/** A function with its revision, for `If-Match`. */
export type Revised = { body: FunctionDetail; revision: string }

export async function getFunction(uuid: string, options: Options = {}): Promise<Revised> {
  const { body, headers } = await callForAnswer(operations.getFunction, { uuid, ...options })
  return { body, revision: headers.etag ?? '' }
}

/** Changes the keys that are present. With a revision, refuses (412) when somebody else changed it since. */
export async function updateFunction(uuid: string, change: FunctionUpdate, revision?: string): Promise<Revised> {
  const { body, headers } = await callForAnswer(operations.updateFunction, {
    uuid,
    body: change,
    ...(revision && { headers: { 'If-Match': revision } }),
  })
  return { body, revision: headers.etag ?? '' }
}
