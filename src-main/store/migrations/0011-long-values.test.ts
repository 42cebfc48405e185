import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from '../migrate.ts'
import { createFunctionRepository } from '../repositories/function-repository.ts'
import { longValues } from './0011-long-values.ts'
import { migrations } from './index.ts'

// Protects those who keep large models already: nothing of them is lost, and the digests that tell of changes by hand hold.
test('long values of an older cabinet move out of the row, which keeps their beginning and its digest', () => {
  const database = new Database(':memory:')
  const before = migrations.filter(({ version }) => version < longValues.version)
  migrate(database, before, { keepsCopy: false })
  const documentation = 'word '.repeat(200_000)
  const outputs = JSON.stringify(
    Array.from({ length: 300 }, (_, at) => ({ DataType: 'float', Name: `o${at}`, Shape: [] })),
  )
  database.exec("INSERT INTO organisation (id, uuid, name, own) VALUES (1, 'o', 'Mine', 1)")
  const insert = database.prepare(
    `INSERT INTO function (id, uuid, organisation_id, name, status, inserted_at, updated_at, documentation, named_output, stated_shapes)
     VALUES (?, ?, 1, 'm', 'ok', '', '', ?, ?, '{"Input":[],"Output":[]}')`,
  )
  insert.run(1, 'long', documentation, outputs)
  insert.run(2, 'short', 'Short.', '[]')
  migrate(database, [...before, longValues], { keepsCopy: false })

  const rows = database.prepare('SELECT length(documentation) AS length, truncated FROM function ORDER BY id').all()
  expect(rows).toEqual([
    { length: 1_000, truncated: JSON.stringify({ Documentation: 1_000_000, NamedOutput: 300 }) },
    { length: 6, truncated: '{}' },
  ])
  const functions = createFunctionRepository(database)
  expect(functions.find('long')?.item).toMatchObject({
    Documentation: documentation,
    NamedOutput: JSON.parse(outputs),
    StatedShapes: { Input: [], Output: [] },
  })
  expect(database.prepare('SELECT count(*) FROM function_long').pluck().get()).toBe(1)
  database.close()
})
