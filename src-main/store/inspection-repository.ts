import type { Database } from 'better-sqlite3'
import { type Inspection, pendingRuntimeCheck, type RuntimeCheck } from '../../src-contract/inspection.ts'
import { parseJson } from './json.ts'

/** Rows of `inspection`. The runtime's part stands apart from the report, since it comes later and changes alone. */
export function createInspectionRepository(database: Database) {
  const find = database.prepare<[number], { report: string; runtime: string }>(
    'SELECT report, runtime FROM inspection WHERE function_id = ?',
  )
  const put = database.prepare<[number, string, string, string]>(`
    INSERT INTO inspection (function_id, report, runtime, runtime_state) VALUES (?, ?, ?, ?)
    ON CONFLICT (function_id) DO UPDATE SET report = excluded.report, runtime = excluded.runtime, runtime_state = excluded.runtime_state`)
  const remove = database.prepare<[number]>('DELETE FROM inspection WHERE function_id = ?')
  const setReport = database.prepare<[string, number]>('UPDATE inspection SET report = ? WHERE function_id = ?')
  const setRuntime = database.prepare<[string, string, number]>(
    'UPDATE inspection SET runtime = ?, runtime_state = ? WHERE function_id = ?',
  )
  const pending = database
    .prepare<[number], string>(`
      SELECT f.uuid FROM inspection i JOIN function f ON f.id = i.function_id
      WHERE i.runtime_state = 'pending' AND f.deleted_at IS NULL ORDER BY i.function_id LIMIT ?`)
    .pluck()
  return {
    find(functionId: number): Inspection | undefined {
      const row = find.get(functionId)
      return (
        row && { ...parseJson<Omit<Inspection, 'Runtime'>>(row.report), Runtime: parseJson<RuntimeCheck>(row.runtime) }
      )
    },
    put(functionId: number, inspection: Inspection): void {
      const { Runtime, ...report } = inspection
      put.run(functionId, JSON.stringify(report), JSON.stringify(Runtime), Runtime.State)
    },
    remove(functionId: number): void {
      remove.run(functionId)
    },
    /** Writes what a later reading of the file found, such as tensor digests. */
    setReport(functionId: number, { Runtime: _, ...report }: Inspection): void {
      setReport.run(JSON.stringify(report), functionId)
    },
    setRuntime(functionId: number, check: RuntimeCheck): void {
      setRuntime.run(JSON.stringify(check), check.State, functionId)
    },
    resetRuntime(functionId: number): void {
      setRuntime.run(JSON.stringify(pendingRuntimeCheck), 'pending', functionId)
    },
    /** UUIDs of live functions that were never checked, oldest first. */
    pending: (limit: number): string[] => pending.all(limit),
  }
}

export type InspectionRepository = ReturnType<typeof createInspectionRepository>
