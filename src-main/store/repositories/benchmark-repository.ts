import type { Database } from 'better-sqlite3'
import { type Json, parseJson } from '../json.ts'

/** A benchmark of a function and what it found. */
export type StoredBenchmark = { uuid: string; at: string; result: Json }

/** Rows of `benchmark`. */
export function createBenchmarkRepository(database: Database) {
  const list = database.prepare<[number], { uuid: string; at: string; result: string }>(
    'SELECT uuid, at, result FROM benchmark WHERE function_id = ? ORDER BY at DESC, uuid',
  )
  const insert = database.prepare<[string, number, string, string]>(
    'INSERT OR IGNORE INTO benchmark (uuid, function_id, at, result) VALUES (?, ?, ?, ?)',
  )
  return {
    /** Newest first. */
    list: (functionId: number): StoredBenchmark[] =>
      list.all(functionId).map((row) => ({ ...row, result: parseJson<Json>(row.result) })),
    insert(functionId: number, { uuid, at, result }: StoredBenchmark): void {
      insert.run(uuid, functionId, at, JSON.stringify(result))
    },
  }
}
