import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from '../migrate.ts'
import { companions } from './0010-companions.ts'
import { migrations } from './index.ts'

// Protects those who keep files already: the table of files is made again, and must have every row that it had.
test('files of an older cabinet stay, and companions can be added', () => {
  const database = new Database(':memory:')
  const before = migrations.filter(({ version }) => version < companions.version)
  migrate(database, before, { keepsCopy: false })
  database.exec(`
    INSERT INTO organisation (id, uuid, name, own) VALUES (1, 'o', 'Mine', 1);
    INSERT INTO function (id, uuid, organisation_id, name, status, inserted_at, updated_at) VALUES (1, 'f', 1, 'm', 'ok', '', '');
    INSERT INTO blob (id, kind, sha256, size) VALUES (5, 'stored', '${'0'.repeat(64)}', 3);
    INSERT INTO download (id, function_id, blob_id, role, name, location, mime_type) VALUES
      (7, 1, 5, 'model', 'm.onnx', NULL, 'application/x-onnx'), (9, 1, 5, 'external', 'm.data', 'weights/m.data', 'application/octet-stream')`)
  const rows = () => database.prepare('SELECT * FROM download ORDER BY id').all()
  const files = rows()
  migrate(database, [...before, companions], { keepsCopy: false })

  expect(rows()).toEqual(files)
  database.exec(
    "INSERT INTO download (function_id, blob_id, role, name, mime_type) VALUES (1, 5, 'companion', 'README.md', 'text/markdown')",
  )
  expect(() => database.exec('DELETE FROM blob')).toThrow('FOREIGN KEY')
  database.close()
})
