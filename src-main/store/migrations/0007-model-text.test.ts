import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from '../migrate.ts'
import { modelTexts } from './0007-model-text.ts'
import { migrations } from './index.ts'

// Protects those who keep models already: what their models say of themselves is found without reading each again.
test('rows of an older cabinet get what their models say of themselves from the reports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cabinet-texts-'))
  const database = new Database(join(folder, 'cabinet.db'))
  const before = migrations.filter(({ version }) => version < modelTexts.version)
  migrate(database, before)
  database.exec("INSERT INTO organisation (id, uuid, name, own) VALUES (1, 'o', 'Mine', 1)")
  const report = {
    Producer: { Name: 'pytorch', Version: '2.9' },
    Domain: '',
    Documentation: 'Counts cats.',
    Graph: { Documentation: 'Two layers.' },
    Metadata: [{ Key: 'author', Value: 'Quux' }],
  }
  for (const [at, text] of [report, {}, null].entries()) {
    database
      .prepare(
        "INSERT INTO function (id, uuid, organisation_id, name, status, inserted_at, updated_at) VALUES (?, ?, 1, 'm', 'ok', '', '')",
      )
      .run(at, String(at))
    if (text === null) continue
    database
      .prepare("INSERT INTO inspection (function_id, report, runtime, runtime_state) VALUES (?, ?, '{}', 'ok')")
      .run(at, JSON.stringify(text))
  }

  migrate(database, [...before, modelTexts])

  const texts = database.prepare<[], string>('SELECT model_text FROM function ORDER BY id').pluck().all()
  database.close()
  rmSync(folder, { recursive: true, force: true })
  expect(texts.map((text) => text.split('\n').filter((line) => line !== ''))).toEqual([
    ['pytorch', '2.9', 'Counts cats.', 'Two layers.', 'author Quux'],
    [],
    [],
  ])
})
