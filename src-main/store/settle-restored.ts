import type { Database } from 'better-sqlite3'
import { pendingRuntimeCheck } from '../../src-contract/contract/models/inspection.ts'
import { createFunctionRepository } from './repositories/function-repository.ts'
import { createInspectionRepository } from './repositories/inspection-repository.ts'
import { runsColumns } from './repositories/runs-columns.ts'

/** A file that stayed where it was when the backup was made. */
export type RestoredReference = { id: number; sha256: string; size: number; path: string }

/** What was found out about a restored database before it becomes the cabinet's. */
export type Settlement = {
  /** References whose bytes are in the cabinet now, or nowhere. */
  unreferenced: readonly number[]
  /** Digests of bytes that are nowhere. */
  lost: readonly string[]
  /** Whether it is another machine's: what ran there may not run here. */
  isForeign: boolean
}

export const referencesIn = (database: Database): RestoredReference[] =>
  database
    .prepare<[], RestoredReference>("SELECT id, sha256, size, path FROM blob WHERE kind = 'referenced' ORDER BY id")
    .all()

/** Makes a restored database tell of this machine and of now. */
export function settleRestored(database: Database, { unreferenced, lost, isForeign }: Settlement): void {
  const functions = createFunctionRepository(database)
  const inspections = createInspectionRepository(database)
  const stored = database.prepare<[string], number>("SELECT id FROM blob WHERE kind = 'stored' AND sha256 = ?").pluck()
  const digest = database.prepare<[number], string>('SELECT sha256 FROM blob WHERE id = ?').pluck()
  const keep = database.prepare<[number]>(
    "UPDATE blob SET kind = 'stored', path = NULL, modified_at_ms = NULL, stamp = NULL WHERE id = ?",
  )
  const moves = ['download', 'revision_blob'].map((table) =>
    database.prepare<[number, number]>(`UPDATE OR IGNORE ${table} SET blob_id = ? WHERE blob_id = ?`),
  )
  const drop = database.prepare<[number]>('DELETE FROM blob WHERE id = ?')
  const leave = database.prepare<[number]>('DELETE FROM revision_blob WHERE blob_id = ?')
  const users = database.prepare<[string], { id: number; uuid: string }>(`
    SELECT DISTINCT f.id, f.uuid FROM blob b JOIN download d ON d.blob_id = b.id AND d.role IN ('model', 'external')
    JOIN function f ON f.id = d.function_id WHERE b.sha256 = ?`)
  const checked = database
    .prepare<[], number>("SELECT function_id FROM inspection WHERE runtime_state <> 'pending'")
    .pluck()

  database.transaction(() => {
    for (const id of unreferenced) {
      const sha256 = digest.get(id)
      const kept = sha256 === undefined ? undefined : stored.get(sha256)
      if (kept === undefined) keep.run(id)
      else {
        for (const move of moves) move.run(kept, id)
        leave.run(id)
        drop.run(id)
      }
    }
    for (const sha256 of lost) {
      for (const { id } of users.all(sha256)) {
        const sync = { Kind: 'Path', Path: '', State: 'lost', DownloadedAt: null, ETag: null, Message: LOST }
        functions.setState(id, {
          status: 'error',
          ...(!functions.isLinked(id) && { sync_information: JSON.stringify(sync) }),
        })
      }
    }
    if (!isForeign) return
    for (const id of checked.all()) {
      inspections.resetRuntime(id)
      functions.setState(id, runsColumns(pendingRuntimeCheck))
    }
  })()
}

const LOST = 'Its file was not in the backup. If it appears in a watched folder, it is recognised by its content.'
