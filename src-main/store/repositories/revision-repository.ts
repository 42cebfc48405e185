import type { Database } from 'better-sqlite3'
import type { FieldChange } from '../../../src-contract/contract/admin/event.ts'
import { parseJson } from '../json.ts'

/** One step of a function's history as it is stored. */
export type StoredRevision = { number: number; at: string; by: string; change: FieldChange[] }

type Row = { number: number; at: string; by: string; change: string }

/** Rows of `revision`, with the blobs that the function had from then on. */
export function createRevisionRepository(database: Database) {
  const insert = database.prepare<[number, number, string, string, string]>(
    'INSERT INTO revision (function_id, number, at, by, change) VALUES (?, ?, ?, ?, ?)',
  )
  const insertBlob = database.prepare<[number, number, number]>(
    'INSERT OR IGNORE INTO revision_blob (function_id, number, blob_id) VALUES (?, ?, ?)',
  )
  const newest = database.prepare<[number], Row>(
    'SELECT number, at, by, change FROM revision WHERE function_id = ? ORDER BY number DESC',
  )
  return {
    append(functionId: number, { number, at, by, change }: StoredRevision, blobIds: readonly number[] = []): void {
      insert.run(functionId, number, at, by, JSON.stringify(change))
      for (const blobId of blobIds) insertBlob.run(functionId, number, blobId)
    },
    /** Newest first. */
    list: (functionId: number): StoredRevision[] =>
      newest.all(functionId).map((row) => ({ ...row, change: parseJson<FieldChange[]>(row.change) })),
  }
}
