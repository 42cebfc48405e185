import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { type Json, readJson } from '../json.ts'

/** A benchmark of a function and what it found. */
export type StoredBenchmark = { uuid: string; at: string; result: Json }

const BenchmarkResult = z.json()

/** Rows of `benchmark`. */
export function createBenchmarkRepository(database: Database) {
  const list = database.prepare<[number], { uuid: string; at: string; result: string }>(
    'SELECT uuid, at, result FROM benchmark WHERE function_id = ? ORDER BY at DESC, uuid',
  )
  const insert = database.prepare<[string, number, string, string]>(
    'INSERT OR IGNORE INTO benchmark (uuid, function_id, at, result) VALUES (?, ?, ?, ?)',
  )
  return {
    /** Newest first, without those that are damaged. */
    list: (functionId: number): StoredBenchmark[] =>
      list.all(functionId).flatMap((row) => {
        const result = readJson(BenchmarkResult, row.result)
        return result === undefined ? [] : [{ ...row, result }]
      }),
    insert(functionId: number, { uuid, at, result }: StoredBenchmark): void {
      insert.run(uuid, functionId, at, JSON.stringify(result))
    },
  }
}
