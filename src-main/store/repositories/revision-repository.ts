import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { FieldChange } from '../../../src-contract/contract/admin/event.ts'
import { readJson } from '../json.ts'
import { fittingPage } from '../page-size.ts'

/** One step of a function's history as it is stored. */
/** `damaged` where its change cannot be read: it is empty then. */
export type StoredRevision = { number: number; at: string; by: string; change: FieldChange[]; damaged?: true }

const Change = z.array(FieldChange)

function toRevision(row: Row): StoredRevision {
  const change = readJson(Change, row.change)
  return change ? { ...row, change } : { ...row, change: [], damaged: true }
}

type Row = { number: number; at: string; by: string; change: string }

/** Rows of `revision`, with the blobs that the function had from then on. */
export function createRevisionRepository(database: Database) {
  const insert = database.prepare<[number, number, string, string, string]>(
    'INSERT INTO revision (function_id, number, at, by, change) VALUES (?, ?, ?, ?, ?)',
  )
  const insertBlob = database.prepare<[number, number, number]>(
    'INSERT OR IGNORE INTO revision_blob (function_id, number, blob_id) VALUES (?, ?, ?)',
  )
  const select = 'SELECT number, at, by, change FROM revision WHERE function_id = ?'
  const page = database.prepare<[number, number, number], Row>(`${select} ORDER BY number DESC LIMIT ? OFFSET ?`)
  const after = database.prepare<[number, number], Row>(`${select} AND number > ? ORDER BY number DESC`)
  const has = database
    .prepare<[number, number], number>('SELECT 1 FROM revision WHERE function_id = ? AND number = ?')
    .pluck()
  const count = database.prepare<[number], number>('SELECT count(*) FROM revision WHERE function_id = ?').pluck()
  return {
    append(functionId: number, { number, at, by, change }: StoredRevision, blobIds: readonly number[] = []): void {
      insert.run(functionId, number, at, by, JSON.stringify(change))
      for (const blobId of blobIds) insertBlob.run(functionId, number, blobId)
    },
    count: (functionId: number): number => count.get(functionId) ?? 0,
    /** Some of them, newest first; fewer than `limit` where they are large. */
    page: (functionId: number, { offset, limit }: { offset: number; limit: number }): StoredRevision[] =>
      fittingPage(page.iterate(functionId, limit, offset), ({ change }) => change.length).rows.map(toRevision),
    has: (functionId: number, number: number): boolean => has.get(functionId, number) !== undefined,
    /** Those after a number, newest first, one at a time: nothing else may be asked of the database meanwhile. */
    *after(functionId: number, number: number): Generator<StoredRevision> {
      for (const row of after.iterate(functionId, number)) yield toRevision(row)
    },
    /** Newest first. */
    list: (functionId: number): StoredRevision[] => page.all(functionId, -1, 0).map(toRevision),
  }
}
