import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { parseJson } from '../json.ts'
import { migrate } from '../migrate.ts'
import { cabinetTables } from './0001-cabinet-tables.ts'
import { listChanges } from './0002-list-changes.ts'
import { statedShapes } from './0003-stated-shapes.ts'
import { reportVersions } from './0004-report-version.ts'
import { runsFailure } from './0005-runs-failure.ts'

// Protects those who keep models already: their lists say why a model does not run without checking each again.
test('rows of an older cabinet get from their inspections why they do not run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cabinet-failures-'))
  const database = new Database(join(folder, 'cabinet.db'))
  const before = [cabinetTables, listChanges, statedShapes, reportVersions]
  migrate(database, before)
  database.exec("INSERT INTO organisation VALUES (1, 'o', 'Mine', 1, '', '')")
  const insert = database.prepare(
    "INSERT INTO function (id, uuid, change_id, organisation_id, name, status, runs, inserted_at, updated_at) VALUES (@id, @id, @id, 1, 'm', 'ok', @runs, '', '')",
  )
  const inspect = database.prepare(
    "INSERT INTO inspection (function_id, report, runtime, runtime_state) VALUES (?, '{}', ?, ?)",
  )
  const failed = { Reason: 'operator', Message: 'ONNX Runtime has no operator “Swish”.' }
  const found = [
    { runs: 0, state: 'failed', runtime: { State: 'failed', ...failed, LoadTime: null } },
    { runs: 0, state: 'failed', runtime: { State: 'failed', Reason: null, Message: 'Nobody knows.' } },
    { runs: 1, state: 'ok', runtime: { State: 'ok', Reason: null, Message: 'It opened.' } },
    { runs: null, state: 'pending', runtime: { State: 'pending', Reason: null, Message: '' } },
  ]
  for (const [at, { runs, state, runtime }] of found.entries()) {
    insert.run({ id: at + 1, runs })
    inspect.run(at + 1, JSON.stringify(runtime), state)
  }
  insert.run({ id: found.length + 1, runs: null })

  migrate(database, [...before, runsFailure])

  const failures = database.prepare<[], string | null>('SELECT runs_failure FROM function ORDER BY id').pluck().all()
  database.close()
  rmSync(folder, { recursive: true, force: true })
  expect(failures.map((text) => text && parseJson(text))).toEqual([failed, null, null, null, null])
})
