import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { Inspection, pendingRuntimeCheck, RuntimeCheck } from '../../../src-contract/contract/models/inspection.ts'
import { reportVersion } from '../../../src-contract/contract/models/report-version.ts'
import { fillIn } from '../../../src-contract/util/fill-in.ts'
import { readJson } from '../json.ts'

/** Reports are large: one that is an object is taken for what was written. */
const Report = z.custom<Omit<Inspection, 'Runtime'>>(
  (value) => typeof value === 'object' && value !== null && 'Inputs' in value && 'Initializers' in value,
)

/** A file that a model's report names as external data; `message` says why one that is not present is not. */
type NamedFile = { location: string; present: 0 | 1; message: string }

/** Rows of `inspection`. The runtime's part stands apart from the report, since it comes later and changes alone. */
export function createInspectionRepository(database: Database) {
  const find = database.prepare<[number], { report: string; runtime: string; report_version: number }>(
    'SELECT report, runtime, report_version FROM inspection WHERE function_id = ?',
  )
  const externalFiles = database.prepare<[number], NamedFile>(
    `SELECT value ->> '$.Location' AS location, value ->> '$.State' = 'present' AS present, value ->> '$.Message' AS message
      FROM inspection, json_each(iif(json_valid(report), report, '{}'), '$.External') WHERE function_id = ?`,
  )
  const isThere = database.prepare<[number], number>('SELECT 1 FROM inspection WHERE function_id = ?').pluck()
  const put = database.prepare<[number, string, string, string, number]>(`
    INSERT INTO inspection (function_id, report, runtime, runtime_state, report_version) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (function_id) DO UPDATE SET report = excluded.report, runtime = excluded.runtime,
      runtime_state = excluded.runtime_state, report_version = excluded.report_version`)
  const older = database
    .prepare<[number, number], string>(`
      SELECT f.uuid FROM inspection i JOIN function f ON f.id = i.function_id
      WHERE i.report_version < ? AND f.deleted_at IS NULL ORDER BY i.report_version, i.function_id LIMIT ?`)
    .pluck()
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
    /** What a report of an older version does not hold is empty in it. */
    find(functionId: number): Inspection | undefined {
      const row = find.get(functionId)
      if (row === undefined) return undefined
      const report = readJson(Report, row.report)
      const Runtime = readJson(RuntimeCheck, row.runtime)
      // A damaged report is empty, as an older one is where it says nothing yet.
      const isWhole = row.report_version === reportVersion && report && Runtime
      return isWhole
        ? { ...report, Runtime }
        : fillIn(Inspection, { ...report, Runtime: Runtime ?? pendingRuntimeCheck })
    },
    /** The external-data files that the model names; undefined where there is no report. */
    externalFiles: (functionId: number): NamedFile[] | undefined =>
      isThere.get(functionId) === undefined ? undefined : externalFiles.all(functionId),
    /** @param version of the reader that wrote it, 0 where nobody knows */
    put(functionId: number, inspection: Inspection, version: number = reportVersion): void {
      const { Runtime, ...report } = inspection
      put.run(functionId, JSON.stringify(report), JSON.stringify(Runtime), Runtime.State, version)
    },
    /** UUIDs of live functions whose report is of an older version, the oldest first. */
    older: (limit: number): string[] => older.all(reportVersion, limit),
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
