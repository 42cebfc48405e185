import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from '../migrate.ts'
import { migrations } from './index.ts'

let folder: string
let database: Database.Database

// Two live models and one in the trash, filed in one catalogue; the newest model was deleted for good.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cabinet-unread-'))
  database = new Database(join(folder, 'cabinet.db'))
  migrate(database, migrations.slice(0, 5))
  database.exec(`
    INSERT INTO organisation VALUES (1, 'o', 'Mine', 1, 'then', 'then');
    INSERT INTO catalogue (id, uuid, organisation_id, name, inserted_at, updated_at, seal) VALUES (1, 'c', 1, 'Vision', 'then', 'then', 'seal');
    INSERT INTO operator VALUES (1, 'Conv');
    INSERT INTO blob VALUES (1, 'stored', '${'a'.repeat(64)}', 5, NULL, NULL, 'then');`)
  for (const [id, deletedAt] of [null, 'now', null, null].entries()) {
    database
      .prepare(
        `INSERT INTO function (id, uuid, change_id, organisation_id, name, status, inserted_at, updated_at, deleted_at, fields, stated_shapes)
         VALUES (@id, 'f' || @id, @id, 1, 'm' || @id, 'ok', 'then', 'later', @deletedAt, '{"Accuracy":0.9,"Team":"B"}', '{}')`,
      )
      .run({ id: id + 1, deletedAt })
  }
  database.exec(`
    INSERT INTO function_operator SELECT 1, id FROM function;
    INSERT INTO function_field SELECT id, 'Accuracy', 0.9, '0.9' FROM function;
    INSERT INTO function_field SELECT id, 'Team', NULL, 'B' FROM function;
    INSERT INTO download (function_id, blob_id, role, name, mime_type) SELECT id, 1, 'model', 'm.onnx', '' FROM function;
    INSERT INTO function_catalogue SELECT 1, id, deleted_at IS NULL, name, updated_at, inserted_at, uuid FROM function;
    DELETE FROM function WHERE id = 4;`)
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

const rows = (sql: string, from = database) => from.prepare<[], Record<string, unknown>>(sql).all()
const schemaOf = (from = database) =>
  rows("SELECT type || ' ' || name AS name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1", from).map(
    (row) => row.name,
  )

test('nothing that is read is lost, and a copy of the file as it was is kept', () => {
  const readTables = ['function', 'download', 'list_change', 'catalogue', 'sqlite_sequence']
  const before = readTables.map((table) => rows(`SELECT * FROM ${table}`))
  const schema = schemaOf()

  migrate(database, migrations.slice(0, 6))

  const unread = ['change_id', 'inserted_at', 'updated_at']
  readTables.forEach((table, at) => {
    const kept = Object.keys(rows(`SELECT * FROM ${table}`)[0] ?? {})
    const gone = Object.keys(before[at]?.[0] ?? {}).filter((column) => !kept.includes(column))
    expect(unread).toEqual(expect.arrayContaining(gone))
    expect(rows(`SELECT * FROM ${table}`)).toEqual(
      before[at]?.map((row) => Object.fromEntries(kept.map((column) => [column, row[column]]))),
    )
  })
  expect(rows('SELECT * FROM function_catalogue')).toEqual(
    [1, 2, 3].map((id) => ({ catalogue_id: 1, function_id: id, live: id === 2 ? 0 : 1 })),
  )
  expect(rows('SELECT * FROM function_field WHERE function_id = 1')).toEqual([
    { function_id: 1, name: 'Accuracy', numeric: 1 },
    { function_id: 1, name: 'Team', numeric: 0 },
  ])
  expect(schema.filter((name) => !schemaOf().includes(name))).toEqual([
    'index function_by_file',
    'index function_field_by_number',
    'index function_field_by_text',
    'index function_operator_by_function',
    'table function_operator',
    'table operator',
    'trigger function_sort_columns',
  ])
  expect(rows('PRAGMA foreign_key_check')).toEqual([])
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  const copy = new Database(join(folder, 'cabinet.db.v5.backup'), { readonly: true })
  expect(schemaOf(copy)).toEqual(schema)
  copy.close()
})

test('what is kept by triggers and foreign keys is still kept', () => {
  migrate(database, migrations.slice(0, 6))
  const live = () => rows('SELECT function_count FROM catalogue')[0]?.function_count
  const lastChanged = () => rows('SELECT function_id FROM list_change ORDER BY change DESC')[0]?.function_id

  database.exec("UPDATE function SET deleted_at = 'now' WHERE id = 1")
  expect([live(), lastChanged()]).toEqual([1, 1])
  database.exec('UPDATE function SET deleted_at = NULL WHERE id = 2')
  expect([live(), lastChanged()]).toEqual([2, 2])
  database.exec('DELETE FROM function WHERE id = 3')
  expect([live(), lastChanged()]).toEqual([1, 3])
  for (const table of ['download', 'function_field', 'function_catalogue']) {
    expect(rows(`SELECT * FROM ${table} WHERE function_id = 3`)).toEqual([])
  }
  expect(() => database.exec('DELETE FROM blob')).toThrow('FOREIGN KEY')
})
