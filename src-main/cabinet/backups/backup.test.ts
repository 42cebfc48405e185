import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { contentOf } from '../testing/content-of.ts'
import { ada, bob, filesBelow, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

let source: TestCabinet
let target: TestCabinet
let folder: string
let backup: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-backup-'))
  backup = join(folder, 'backup')
  ;[source, target] = await Promise.all([openTestCabinet(), openTestCabinet()])
  const { UUID } = source.cabinet.catalogues.create(ada, { Name: 'Kept' })
  for (let seed = 0; seed < 5; seed++) await add(source.cabinet, seed, [UUID])
  const { rows } = await source.cabinet.listing.list({ Limit: 5 }, {})
  await source.cabinet.functions.update(
    bob,
    rows[0]?.UUID ?? '',
    { Alias: 'changed' },
    { bundle: await upload(source.cabinet, modelBytes(9)) },
  )
  source.cabinet.functions.remove(bob, rows[1]?.UUID ?? '')
  const job = await finished(source.cabinet, source.cabinet.jobs.startBackup(ada, { Path: backup }))
  expect(job).toMatchObject({ State: 'done', Result: { Functions: 4, Files: 6, Missing: 0 } })
})
afterAll(async () => {
  await Promise.all([source.remove(), target.remove()])
  await rm(folder, { recursive: true, force: true })
})

async function add(cabinet: Cabinet, seed: number, Catalogues: string[] = []): Promise<string> {
  const bundle = await upload(cabinet, modelBytes(seed))
  return (await cabinet.functions.create(ada, { Name: `model ${seed}`, Catalogues }, { bundle })).body.UUID
}

async function damagedCopy(name: string, damage: (copy: string) => Promise<void>): Promise<string> {
  const copy = join(folder, name)
  await cp(backup, copy, { recursive: true })
  await damage(copy)
  return copy
}

test('a folder that is not empty, inside the cabinet or nowhere is refused at once', () => {
  const start = (Path: string) => () => source.cabinet.jobs.startBackup(ada, { Path })
  const refused = expect.objectContaining({ code: 'invalid', field: 'Path' })
  expect(start(backup)).toThrow(refused)
  expect(start(join(source.directory, 'backup'))).toThrow(refused)
  expect(start(join(folder, 'no', 'parent'))).toThrow(refused)
  expect(start('relative')).toThrow(refused)
})

test.runIf(process.platform === 'linux')(
  'a folder that the system refuses ends the backup, and the next one runs',
  async () => {
    const start = (Path: string) => finished(source.cabinet, source.cabinet.jobs.startBackup(ada, { Path }))
    expect(await start('/proc/no-folder-of-ours')).toMatchObject({
      State: 'failed',
      Message: 'The system refuses a folder at /proc/no-folder-of-ours (ENOENT). Nothing was written.',
    })
    expect(await start(join(folder, 'after it'))).toMatchObject({ State: 'done' })
  },
)

test('a backup that was cut off, and a folder that is none, are recognised and refused', async () => {
  const before = await contentOf(target.cabinet)
  const cut = await damagedCopy('cut', (copy) => rm(join(copy, 'manifest.json')))
  expect(() => target.cabinet.jobs.startRestore(ada, { Path: cut })).toThrow(/the backup was interrupted/)
  expect(() => target.cabinet.jobs.startRestore(ada, { Path: folder })).toThrow(/not a complete backup/)
  expect(await contentOf(target.cabinet)).toEqual(before)
})

test.each([
  ['a missing file', 'missing', async (copy: string) => rm((await filesBelow(join(copy, 'files')))[0] ?? '')],
  [
    'a flipped byte',
    'not those that were backed up',
    async (copy: string) => flip((await filesBelow(join(copy, 'files')))[0] ?? ''),
  ],
  ['a changed database', 'was changed', async (copy: string) => flip(join(copy, 'cabinet.db'))],
])('a backup with %s is refused, and the cabinet stays as it is', async (_, sentence, damage) => {
  const uuid = await add(target.cabinet, 77)
  const before = await contentOf(target.cabinet)
  const Path = await damagedCopy(`damaged-${sentence}`, damage)
  const job = await finished(target.cabinet, target.cabinet.jobs.startRestore(ada, { Path }))
  expect(job).toMatchObject({ State: 'failed', Message: expect.stringContaining(sentence) })
  expect(await contentOf(target.cabinet)).toEqual(before)
  expect(existsSync(target.cabinet.modelFiles.locate(uuid).path)).toBe(true)
  expect(await filesBelow(target.cabinet.files.incoming)).toEqual([])
})

test('a restored cabinet is what was backed up, files and history included, at once and after a restart', async () => {
  const secret = (await readFile(target.cabinet.tokens.tokenFile, 'utf8')).trim()
  const job = await finished(target.cabinet, target.cabinet.jobs.startRestore(ada, { Path: backup }))
  expect(job).toMatchObject({ State: 'done', Result: { Functions: 4 } })
  const expected = await contentOf(source.cabinet)
  expect(await contentOf(target.cabinet)).toEqual(expected)
  expect(target.cabinet.tokens.authenticate(secret)?.scope).toBe('admin')
  for (const { UUID } of expected.functions) {
    const [mine, theirs] = [target, source].map(({ cabinet }) => cabinet.modelFiles.locate(UUID).path)
    expect(await readFile(mine ?? '')).toEqual(await readFile(theirs ?? ''))
  }
  const verified = await finished(target.cabinet, target.cabinet.jobs.startVerify(ada))
  expect(verified.Failures).toEqual([])
  expect(await contentOf(await target.reopen())).toEqual(expected)
})

test('the backup can be opened as it is, and holds no secret', async () => {
  const secret = (await readFile(source.cabinet.tokens.tokenFile, 'utf8')).trim()
  const { Secret } = source.cabinet.tokens.create(ada, { Name: 'ci', Scope: 'read' })
  for (const path of await filesBelow(backup)) {
    const bytes = await readFile(path)
    expect(bytes.includes(secret) || bytes.includes(Secret)).toBe(false)
  }
})

/** A copy of the backup whose database somebody has changed, and whose manifest says so. */
const forged = (name: string, change: (database: Database.Database) => void) =>
  damagedCopy(name, async (copy) => {
    const path = join(copy, 'cabinet.db')
    const database = new Database(path)
    database.pragma('foreign_keys = OFF')
    change(database)
    database.close()
    const manifest = JSON.parse(await readFile(join(copy, 'manifest.json'), 'utf8'))
    const bytes = await readFile(path)
    manifest.Database = { Sha256: createHash('sha256').update(bytes).digest('hex'), Size: bytes.length }
    manifest.Machine = undefined
    await writeFile(join(copy, 'manifest.json'), JSON.stringify(manifest))
  })

const restore = async (cabinet: Cabinet, Path: string) => finished(cabinet, cabinet.jobs.startRestore(ada, { Path }))

test.each([
  [
    'a view that never ends in the place of a table',
    `DROP TABLE benchmark; CREATE VIEW benchmark AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
      SELECT 'u' || i AS uuid, 1 AS function_id, 't' AS at, '{}' AS result FROM n`,
  ],
  ['another trigger', 'CREATE TRIGGER mine AFTER INSERT ON event BEGIN DELETE FROM function; END'],
  ['a computed column', 'ALTER TABLE link ADD COLUMN more TEXT AS (hex(target))'],
  ['another index', 'CREATE INDEX mine ON function (hex(name))'],
  ['another table', 'CREATE TABLE mine (x)'],
])('a backup whose database has %s is refused, and the cabinet stays as it is', async (name, sql) => {
  const before = await contentOf(target.cabinet)
  const job = await restore(target.cabinet, await forged(name, (database) => void database.exec(sql)))
  expect(job).toMatchObject({
    State: 'failed',
    Message: expect.stringContaining('not built as this program builds it'),
  })
  expect(await contentOf(target.cabinet)).toEqual(before)
})

test('a backup of somebody else makes no file of this machine the cabinet’s', async () => {
  const secret = join(folder, 'id_rsa')
  await writeFile(secret, 'nobody may see this')
  const Path = await forged('planted', (database) => {
    const plant = `UPDATE blob SET kind = 'referenced', path = ?, modified_at_ms = 1, size = 19, sha256 = '${'ab'.repeat(32)}' WHERE id =
      (SELECT d.blob_id FROM download d JOIN function f ON f.id = d.function_id WHERE f.deleted_at IS NULL AND d.role = 'model' LIMIT 1)`
    database.prepare(plant).run(secret)
  })
  const other = await openTestCabinet()
  expect(await restore(other.cabinet, Path)).toMatchObject({ State: 'done' })
  const [lost] = (await other.cabinet.listing.list({ Status: 'error' }, {})).rows
  const { path } = other.cabinet.modelFiles.locate(lost?.UUID ?? '')
  expect(path.startsWith(other.directory)).toBe(true)
  await other.remove()
})

test('a backup takes the files along that stay elsewhere, and on a new machine they are the cabinet’s and checked anew', async () => {
  const [home, away] = [await openTestCabinet(), await openTestCabinet()]
  const place = join(folder, 'elsewhere')
  await mkdir(place)
  await writeFile(join(place, 'kept.onnx'), modelBytes(51))
  await writeFile(join(place, 'changed.onnx'), modelBytes(52))
  const request = ImportRequest.parse({ Paths: [place], Mode: 'reference' })
  await finished(home.cabinet, home.cabinet.jobs.startImport(ada, request))
  await expect.poll(async () => (await home.cabinet.listing.list({ Runs: 'true' }, {})).total).toBe(2)
  await writeFile(join(place, 'changed.onnx'), modelBytes(53))
  const Path = join(folder, 'with references')
  const job = await finished(home.cabinet, home.cabinet.jobs.startBackup(ada, { Path }))
  expect(job).toMatchObject({
    State: 'done',
    Result: { Files: 1, Missing: 1 },
    Message: expect.stringContaining('Left out: 1 file'),
  })
  expect(job.Failures).toEqual([
    { What: join(place, 'changed.onnx'), Message: 'The file was changed on disk since it was added.' },
  ])

  await rm(place, { recursive: true })
  expect(await restore(away.cabinet, Path)).toMatchObject({ State: 'done' })
  const { rows } = await away.cabinet.listing.list({ OrderBy: [{ column: 'Name', descending: false }] }, {})
  expect(rows).toMatchObject([
    { Name: 'changed', Status: 'error' },
    { Name: 'kept', Status: 'ok' },
  ])
  const { path } = away.cabinet.modelFiles.locate(rows[1]?.UUID ?? '')
  expect(await readFile(path)).toEqual(Buffer.from(modelBytes(51)))
  const checks = () =>
    away.cabinet.events
      .audit({ limit: 10, uuid: rows[1]?.UUID ?? '' })
      .filter(({ Kind, Summary }) => Kind === 'function.checked' && Summary.includes('runs here'))
  await expect.poll(() => checks().length).toBe(2)
  await Promise.all([home.remove(), away.remove()])
})

test('files that stay elsewhere go on doing so where they are as they were', async () => {
  const home = await openTestCabinet()
  const path = join(folder, 'stays.onnx')
  await writeFile(path, modelBytes(61))
  const request = ImportRequest.parse({ Paths: [path], Mode: 'reference' })
  await finished(home.cabinet, home.cabinet.jobs.startImport(ada, request))
  const Path = join(folder, 'stays')
  await finished(home.cabinet, home.cabinet.jobs.startBackup(ada, { Path }))
  await restore(home.cabinet, Path)
  const uuid = (await home.cabinet.listing.list({}, {})).rows[0]?.UUID ?? ''
  expect(home.cabinet.modelFiles.locate(uuid).path).toBe(path)
  await writeFile(path, modelBytes(62))
  await restore(home.cabinet, Path)
  const restored = home.cabinet.modelFiles.locate(uuid).path
  expect(await readFile(restored)).toEqual(Buffer.from(modelBytes(61)))
  await home.remove()
})

test('an interrupted backup is no cabinet and no backup, and is simply made again', async () => {
  const cut = join(folder, 'interrupted')
  await mkdir(join(cut, 'files', 'ab'), { recursive: true })
  await writeFile(join(cut, 'files', 'ab', 'cd'), 'half')
  await writeFile(join(cut, 'cabinet.db.part'), 'half')
  await writeFile(join(cut, 'unfinished.json'), '{}')
  expect(() => target.cabinet.jobs.startRestore(ada, { Path: cut })).toThrow(/the backup was interrupted/)
  await writeFile(join(cut, 'mine.txt'), 'mine')
  expect(() => source.cabinet.jobs.startBackup(ada, { Path: cut })).toThrow(/not empty/)
  await rm(join(cut, 'mine.txt'))
  const job = await finished(source.cabinet, source.cabinet.jobs.startBackup(ada, { Path: cut }))
  expect(job).toMatchObject({ State: 'done', Result: { Missing: 0 } })
  expect((await readdir(cut)).sort()).toEqual(['cabinet.db', 'files', 'manifest.json'])
  expect(existsSync(join(cut, 'files', 'ab', 'cd'))).toBe(false)
})

test('what was being downloaded when a backup was made is not called so where nobody downloads it, nor after a restart', async () => {
  const Path = await forged(
    'downloading',
    (database) => void database.exec("UPDATE function SET status = 'downloading' WHERE deleted_at IS NULL"),
  )
  const other = await openTestCabinet()
  expect(await restore(other.cabinet, Path)).toMatchObject({ State: 'done' })
  const statuses = async () => new Set((await other.cabinet.listing.list({}, {})).rows.map(({ Status }) => Status))
  expect(await statuses()).toEqual(new Set(['ok']))
  await other.cabinet.close()
  const database = new Database(join(other.directory, 'cabinet.db'))
  database.exec("UPDATE function SET status = 'downloading'")
  database.close()
  await other.reopen()
  expect(await statuses()).toEqual(new Set(['ok']))
  await other.remove()
})

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes[30] = (bytes[30] ?? 0) ^ 1
  await writeFile(path, bytes)
}
