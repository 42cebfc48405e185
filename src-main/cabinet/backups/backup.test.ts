import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes[30] = (bytes[30] ?? 0) ^ 1
  await writeFile(path, bytes)
}
