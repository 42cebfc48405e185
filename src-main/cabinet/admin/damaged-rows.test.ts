import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { AuditEntry } from '../../../src-contract/contract/admin/event.ts'
import { FunctionDetail, FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { HistoryEntry } from '../../../src-contract/contract/functions/history.ts'
import { openTestApi, type TestApi, withForm, withJson } from '../../api/testing/test-api.ts'
import { modelBytes } from '../testing/test-cabinet.ts'

// Protects the rest of a cabinet from a row that another program, or a failing disk, has damaged: also the export, which is to rescue that rest.

let api: TestApi
let uuid: string
beforeAll(async () => {
  api = await openTestApi()
  for (const name of ['damaged', 'whole']) {
    const file = { bytes: Uint8Array.from(modelBytes(name.length)), name: `${name}.onnx` }
    const { body } = await api.ask('/functions', withForm('POST', { data: JSON.stringify({ Name: name }), file }))
    if (name === 'damaged') uuid = FunctionDetail.parse(body).UUID
  }
  await api.ask(`/function/${uuid}`, withJson('PATCH', { Alias: 'second', Fields: { accuracy: 0.9 }, Tags: ['a'] }))
})
afterAll(() => api.remove())

const columns = [
  ...['input_driver_details', 'output_driver_details', 'named_input', 'named_output', 'stated_shapes', 'fields'],
  ...['sync_information', 'tags', 'runs_failure', 'truncated', 'card'],
].map((column) => `UPDATE function SET ${column} = $ WHERE uuid = '${'@'}'`)
const others = [
  "UPDATE function SET source_kind = $ WHERE uuid = '@'",
  "UPDATE function SET updated_at = $ WHERE uuid = '@'",
  "UPDATE revision SET change = $ WHERE function_id = (SELECT id FROM function WHERE uuid = '@')",
  "UPDATE inspection SET report = $ WHERE function_id = (SELECT id FROM function WHERE uuid = '@')",
  "UPDATE inspection SET runtime = $ WHERE function_id = (SELECT id FROM function WHERE uuid = '@')",
  "UPDATE event SET change = $, kind = $ WHERE uuid = '@'",
  "INSERT INTO benchmark VALUES ('b', (SELECT id FROM function WHERE uuid = '@'), '', $)",
  "INSERT INTO job (uuid, kind, state, input, progress, failures, by, inserted_at) VALUES ('j', 'bulk', 'waiting', $, $, $, '', '')",
]
const hurts = [...columns, ...others].flatMap((sql) => ['{', '7'].map((value) => [sql, value]))

it.each(hurts)('%s, %s', async (sql = '', value = '') => {
  const path = join(api.directory, 'cabinet.db')
  const restore = new Database(path)
  const tables = ['function', 'revision', 'inspection', 'event']
  restore.exec(tables.map((table) => `CREATE TEMP TABLE ${table}_ AS SELECT * FROM main.${table}`).join(';'))
  restore.exec(sql.replaceAll('@', uuid).replaceAll('$', `'${value}'`))
  try {
    await lookAtAll()
  } finally {
    for (const table of tables) {
      const names = restore.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
      const set = names.map(
        (name) => `${name} = (SELECT ${name} FROM temp.${table}_ o WHERE o.rowid = main.${table}.rowid)`,
      )
      const kept = `rowid IN (SELECT rowid FROM temp.${table}_)`
      if (table !== 'revision') restore.exec(`UPDATE main.${table} SET ${set.join(', ')} WHERE ${kept}`)
    }
    restore.exec(`UPDATE main.revision SET change = (SELECT change FROM temp.revision_ o WHERE o.function_id = revision.function_id AND o.number = revision.number);
      DELETE FROM benchmark WHERE uuid = 'b'; DELETE FROM job WHERE uuid = 'j'`)
    restore.close()
  }
  expect(api.unexpected).toEqual([])
})

async function lookAtAll(): Promise<void> {
  const list = await api.ask('/functions?Limit=10')
  expect(
    z
      .array(FunctionItem)
      .parse(list.body)
      .map(({ Name }) => Name)
      .sort(),
  ).toEqual(['damaged', 'whole'])
  FunctionDetail.parse((await api.ask(`/function/${uuid}`)).body)
  z.array(HistoryEntry).parse((await api.ask(`/function/${uuid}/history`)).body)
  z.array(AuditEntry).parse((await api.ask('/admin/audit')).body)
  for (const path of [
    '/functions?q=whole',
    '/jobs',
    '/functions/options',
    `/function/${uuid}/inspection`,
    `/function/${uuid}/benchmarks`,
  ]) {
    expect({ path, status: (await api.ask(path)).status }).toEqual({ path, status: 200 })
  }
  const { status, body } = await api.ask('/admin/export')
  expect(status).toBe(200)
  expect(String(body).length).toBeGreaterThan(1_000)
}
