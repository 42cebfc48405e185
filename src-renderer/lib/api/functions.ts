import type { FunctionDetail, FunctionItem, FunctionUpdate } from '../../../src-contract/contract/functions/function.ts'
import type { HistoryEntry } from '../../../src-contract/contract/functions/history.ts'
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
  return wholePage(page, (part) =>
    callForAnswer(operations.listFunctions, { query: { ...filters, ...part }, ...options }),
  )
}

/** One page of `GET /functions/trash`. */
export async function listTrash(
  page: { offset: number; limit: number },
  options: Options = {},
): Promise<{ rows: TrashItem[]; total: number }> {
  return wholePage(page, (query) => callForAnswer(operations.listTrash, { query, ...options }))
}

/** Every revision of a function, newest first. */
export async function listHistory(uuid: string, options: Options = {}): Promise<HistoryEntry[]> {
  const all = { offset: 0, limit: Number.POSITIVE_INFINITY }
  const { rows } = await wholePage(all, ({ Offset }) =>
    callForAnswer(operations.getHistory, { uuid, query: { Offset }, ...options }),
  )
  return rows
}

type Answer<Row> = { body: Row[]; headers: Readonly<Record<string, string>> }

/** The cabinet answers with fewer rows than were asked for where they are large: then the others are asked for too. */
async function wholePage<Row>(
  { offset, limit }: { offset: number; limit: number },
  ask: (query: { Offset: string; Limit: string }) => Promise<Answer<Row>>,
): Promise<{ rows: Row[]; total: number; capped: boolean }> {
  const rows: Row[] = []
  for (;;) {
    const { body, headers } = await ask({ Offset: String(offset + rows.length), Limit: String(limit - rows.length) })
    rows.push(...body)
    if (body.length > 0 && headers.link?.includes('rel="next"') && rows.length < limit) continue
    const total = Number(headers['x-pagination-records'] ?? offset + rows.length)
    return { rows, total, capped: headers['x-pagination-capped'] === 'true' }
  }
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
