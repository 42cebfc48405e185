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

// Protects the signatures of those who keep models already: their rows come to hold what their reports say.
test('rows of an older cabinet get their shapes from their reports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cabinet-shapes-'))
  const database = new Database(join(folder, 'cabinet.db'))
  migrate(database, [cabinetTables, listChanges])
  database.exec("INSERT INTO organisation VALUES (1, 'o', 'Mine', 1, '', '')")
  const insert = database.prepare(
    "INSERT INTO function (id, uuid, change_id, organisation_id, name, status, inserted_at, updated_at) VALUES (?, ?, ?, 1, 'm', 'ok', '', '')",
  )
  insert.run(1, 'with a report', 1)
  insert.run(2, 'without a file', 2)
  const value = (Shape: unknown, Initialized = false) => ({ Name: 'x', Shape, Initialized })
  const report = { Inputs: [value(['batch', null, 3]), value([9], true), value(null)], Outputs: [value([])] }
  database
    .prepare("INSERT INTO inspection VALUES (1, ?, '{}', 'pending')")
    .run(JSON.stringify({ ...report, Operators: [] }))

  migrate(database, [cabinetTables, listChanges, statedShapes])

  const shapes = database.prepare<[], string>('SELECT stated_shapes FROM function ORDER BY id').pluck().all()
  database.close()
  rmSync(folder, { recursive: true, force: true })
  expect(shapes.map((text) => parseJson(text))).toEqual([
    { Input: [['batch', null, 3], null], Output: [[]] },
    { Input: [], Output: [] },
  ])
})
