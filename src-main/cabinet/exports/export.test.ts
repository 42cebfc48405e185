import { randomBytes, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, readFile, readlink, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { openZip } from '../../files/archive/zip.ts'
import { zipOf } from '../../files/testing/zip-of.ts'
import type { Cabinet } from '../cabinet.ts'
import { emptyState } from '../functions/function-state.ts'
import { finished } from '../jobs/testing/finished.ts'
import { contentOf } from '../testing/content-of.ts'
import { externalModel } from '../testing/external-model.ts'
import { ada, bob, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

let source: TestCabinet
let target: TestCabinet
let folder: string
let archive: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-export-'))
  ;[source, target] = await Promise.all([openTestCabinet(), openTestCabinet()])
  const { cabinet } = source
  const { UUID } = cabinet.catalogues.create(ada, { Name: 'Vision' })
  for (let seed = 0; seed < 4; seed++) {
    const bundle = await upload(cabinet, modelBytes(seed))
    await cabinet.functions.create(ada, { Name: `model ${seed}`, Catalogues: [UUID], Fields: { seed } }, { bundle })
  }
  const { rows } = await cabinet.listing.list({ Limit: 4 }, {})
  const update = { Documentation: 'second', Starred: true, SourceKind: 'web' as const, Licence: 'MIT', Tags: ['a'] }
  await cabinet.functions.update(bob, rows[0]?.UUID ?? '', update, { bundle: await upload(cabinet, modelBytes(9)) })
  cabinet.functions.remove(bob, rows[1]?.UUID ?? '')
  const external = await zipOf({ 'model.onnx': modelBytes(10, externalModel), 'data/w.bin': new Uint8Array(12) })
  await cabinet.functions.create(ada, {}, { bundle: await upload(cabinet, external, 'external.zip') })
  archive = join(folder, 'export.zip')
  await pipeline(cabinet.admin.export().stream, createWriteStream(archive))
})
afterAll(async () => {
  await Promise.all([source.remove(), target.remove()])
  await rm(folder, { recursive: true, force: true })
})

const importing = async (cabinet: Cabinet, path: string) =>
  finished(cabinet, cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [path] })))

test('an export that was cut off is refused with a reason and leaves nothing', async () => {
  const cut = join(folder, 'cut.zip')
  await writeFile(cut, await readFile(archive))
  await truncate(cut, (await stat(archive)).size - 40)
  const job = await importing(target.cabinet, cut)
  expect(job).toMatchObject({ State: 'done', Result: { Imported: 0, Refused: 1 } })
  expect(job.Failures).toEqual([{ What: cut, Message: expect.stringContaining('archive') }])
  expect((await contentOf(target.cabinet)).functions).toEqual([])
  await rm(cut)
})

test('an export whose list of models is damaged is refused with a reason', async () => {
  const damaged = join(folder, 'damaged.zip')
  const bytes = await readFile(archive)
  const list = bytes.indexOf('functions.jsonl') + 'functions.jsonl'.length
  await writeFile(damaged, bytes.fill(0xff, list + 300, list + 320))
  const other = await openTestCabinet()
  const job = await importing(other.cabinet, damaged)
  expect(job).toMatchObject({ State: 'done', Result: { Imported: 0, Refused: 1 } })
  expect(job.Failures).toEqual([{ What: damaged, Message: expect.stringContaining('is damaged') }])
  await other.remove()
})

test('a cabinet comes back identical in another one, files, history and trash included, and a second time nothing is added', async () => {
  const job = await importing(target.cabinet, archive)
  expect(job).toMatchObject({ State: 'done', Result: { Imported: 5, Present: 0, Refused: 0 } })
  const expected = await contentOf(source.cabinet)
  expect(expected.trash).toHaveLength(1)
  expect(await contentOf(target.cabinet)).toEqual(expected)
  for (const { UUID } of expected.functions) {
    const [mine, theirs] = [target, source].map(({ cabinet }) => cabinet.modelFiles.locate(UUID))
    expect(await readFile(mine?.path ?? '')).toEqual(await readFile(theirs?.path ?? ''))
    expect(mine?.external.length).toBe(theirs?.external.length)
  }
  const again = await importing(target.cabinet, archive)
  expect(again).toMatchObject({ State: 'done', Result: { Imported: 0, Present: 4, Trashed: 1 } })
  expect(await contentOf(target.cabinet)).toEqual(expected)
})

test('what was imported can be restored to its past, runs here, and verifies', async () => {
  const { rows } = await target.cabinet.listing.list({ Starred: true }, {})
  const [starred] = rows
  const restored = await target.cabinet.functions.restore(ada, starred?.UUID ?? '', 1)
  expect(restored.body).toMatchObject({ Documentation: '', Starred: false })
  await expect.poll(async () => (await target.cabinet.listing.list({ Runs: 'true' }, {})).total).toBe(4)
  expect((await finished(target.cabinet, target.cabinet.jobs.startVerify(ada))).Failures).toEqual([])
})

test('catalogues keep their organisation, which is a filter, and events come along', async () => {
  const theirs = source.cabinet.organisation.own()
  expect(target.cabinet.organisation.list()).toContainEqual(theirs)
  expect(target.cabinet.catalogues.list({ organisation: theirs.UUID }).map(({ Name }) => Name)).toEqual(['Vision'])
  const [function_] = (await target.cabinet.listing.list({ Limit: 1 }, {})).rows
  const audit = target.cabinet.events.audit({ limit: 10, uuid: function_?.UUID ?? '' })
  expect(audit.at(-1)).toMatchObject({ Kind: 'function.created', By: 'Ada' })
})

test('no secret stands in an export', async () => {
  const bytes = await readFile(archive)
  const secret = (await readFile(source.cabinet.tokens.tokenFile, 'utf8')).trim()
  expect(bytes.includes(secret)).toBe(false)
  expect(bytes.includes(await readFile(join(source.directory, 'key')))).toBe(false)
})

test('an export that nobody reads to its end sets the database free', async () => {
  const { stream } = source.cabinet.admin.export()
  stream.destroy()
  await expect.poll(() => stream.closed).toBe(true)
  const health = await source.cabinet.admin.health()
  expect(health).toMatchObject({ Database: { State: 'ok' }, Files: { Count: 8, Trashed: 0 } })
  expect(health.Processes.map(({ Name }) => Name)).toEqual(
    expect.arrayContaining(['cabinet', 'reader', 'list', 'runtime']),
  )
  expect(health.Disk.Free).toBeGreaterThan(0)
})

test('some functions are exported with what they need and no more; the rest stays at home', async () => {
  const { rows } = await source.cabinet.listing.list(
    { Limit: 100, OrderBy: [{ column: 'Name', descending: false }] },
    {},
  )
  const some = rows.filter(({ Name }) => /^model/.test(Name)).slice(0, 2)
  const uuids = some.map(({ UUID }) => UUID)
  const path = join(folder, 'some.zip')
  await pipeline(source.cabinet.admin.export(uuids).stream, createWriteStream(path))
  const other = await openTestCabinet()
  const job = await importing(other.cabinet, path)
  expect(job).toMatchObject({ State: 'done', Result: { Imported: 2, Refused: 0 } })
  for (const uuid of uuids)
    expect(other.cabinet.functions.get(uuid).body).toMatchObject({
      UUID: uuid,
      Status: 'ok',
      Catalogues: [{ Name: 'Vision' }],
    })
  await other.remove()
})

const linesOf = (rows: readonly object[]) => Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))

/** An export as somebody else may have made it by hand. */
async function forged(functions: readonly object[] | Buffer, files: Record<string, Uint8Array> = {}): Promise<string> {
  const Organisation = '11111111-1111-4111-8111-111111111111'
  const manifest = {
    Format: 'model-cabinet-export',
    Version: 1,
    MadeAt: at,
    Organisation,
    Functions: 1,
    Files: 0,
    Missing: [],
  }
  const path = join(folder, `forged-${randomUUID()}.zip`)
  const bytes = await zipOf({
    'manifest.json': Buffer.from(JSON.stringify(manifest)),
    'organisations.jsonl': linesOf([{ UUID: Organisation, Name: 'Zoo' }]),
    'catalogues.jsonl': Buffer.alloc(0),
    'functions.jsonl': Buffer.isBuffer(functions) ? functions : linesOf(functions),
    ...files,
  })
  await writeFile(path, bytes)
  return path
}

const at = '2026-01-01T00:00:00.000Z'

function forgedFunction(state: object, more: object = {}) {
  const { Files: _, ...plain } = emptyState
  return {
    UUID: randomUUID(),
    Organisation: '11111111-1111-4111-8111-111111111111',
    Revision: 1,
    Status: 'ok',
    InsertedAt: at,
    UpdatedAt: at,
    DeletedAt: null,
    State: { ...plain, Name: 'forged', Files: [], ...state },
    Inspection: null,
    History: [{ Revision: 1, At: at, By: 'somebody', Change: [] }],
    Events: [],
    Benchmarks: [],
    Link: null,
    ...more,
  }
}

const forgedFile = (more: object) => ({
  Role: 'device',
  Name: 'x.bin',
  MimeType: 'application/octet-stream',
  Size: 5,
  Sha256: 'ab'.repeat(32),
  Location: null,
  Path: null,
  ModifiedAt: null,
  ...more,
})

const entriesOf = async (path: string) => {
  const { files, close } = await openZip(path, { name: 'It', mostFiles: 1_000 })
  close()
  return [...files.keys()].filter((name) => name.startsWith('files/'))
}

test('an export of somebody else plants no reference to a file of this machine, not by its past nor by a link', async () => {
  const other = await openTestCabinet()
  const secret = join(folder, 'id_rsa')
  await writeFile(secret, 'nobody may see this')
  const { mtimeMs, size } = await stat(secret)
  const planted = forgedFile({ Name: 'key', Path: secret, ModifiedAt: mtimeMs, Size: size })
  const History = [
    { Revision: 1, At: at, By: 'somebody', Change: [] },
    { Revision: 2, At: at, By: 'somebody', Change: [{ Field: 'Files', Before: [planted], After: [] }] },
  ]
  const now = forgedFunction({ Files: [planted] })
  const past = forgedFunction({}, { History, Revision: 2 })
  const linked = forgedFunction({}, { Link: { Kind: 'Path', Target: secret, SyncInformation: {} } })
  const job = await importing(other.cabinet, await forged([now, past, linked]))
  expect(job).toMatchObject({ State: 'done', Result: { Imported: 3 } })
  await expect(other.cabinet.modelFiles.download(now.UUID, 'key')).rejects.toThrow(/lost/)
  await expect(other.cabinet.functions.restore(ada, past.UUID, 1)).rejects.toThrow(/lost/)
  expect(() => other.cabinet.links.update(ada, linked.UUID, { EdgeImpulse: true })).toThrow(/not linked/)
  const shared = join(folder, 'shared.zip')
  await pipeline(other.cabinet.admin.export().stream, createWriteStream(shared))
  expect(await entriesOf(shared)).toEqual([])
  expect((await readFile(shared)).includes('nobody may see this')).toBe(false)
  await other.remove()
})

test('a referenced file that was exchanged is given away by no export', async () => {
  const other = await openTestCabinet()
  const path = join(folder, 'mine.onnx')
  await writeFile(path, modelBytes(40))
  await finished(
    other.cabinet,
    other.cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [path], Mode: 'reference' })),
  )
  await writeFile(path, 'nobody may see this')
  const shared = join(folder, 'exchanged.zip')
  await pipeline(other.cabinet.admin.export().stream, createWriteStream(shared))
  const bytes = await readFile(shared)
  expect(bytes.includes('nobody may see this') || bytes.includes(folder)).toBe(false)
  await other.remove()
})

test('a line that no cabinet writes costs itself: the others come in, and each that was left out is named', async () => {
  const other = await openTestCabinet()
  const values = Buffer.from(
    JSON.stringify(forgedFunction({ Name: 'bomb' })).replace(
      '"Inspection":null',
      `"Inspection":[${'{},'.repeat(2_100_000)}0]`,
    ),
  )
  const change = (Field: string, Before: unknown) => ({
    Revision: 2,
    History: [
      { Revision: 1, At: at, By: 'somebody', Change: [] },
      { Revision: 2, At: at, By: 'somebody', Change: [{ Field, Before, After: null }] },
    ],
  })
  const rows = [
    forgedFunction({ Name: 'before' }),
    forgedFunction({ Name: 'place', Files: [forgedFile({ Role: 'external', Location: '../../.ssh/id_rsa' })] }),
    forgedFunction({ Name: 'name', Files: [forgedFile({ Name: '../x' })] }),
    forgedFunction({ Name: 'history' }, change('Name', { no: 'name' })),
    forgedFunction({ Name: 'empty' }, change('Name', null)),
    forgedFunction({ Name: 'twice' }),
    forgedFunction({ Name: 'after' }),
  ]
  const all = Buffer.concat([linesOf(rows.slice(0, 6)), values, Buffer.from('\n{"no":\n'), linesOf(rows.slice(6))])
  const job = await importing(other.cabinet, await forged(all))
  expect(job).toMatchObject({ State: 'done', Result: { Imported: 3, Refused: 6 } })
  const { rows: here } = await other.cabinet.listing.list({ OrderBy: [{ column: 'Name', descending: false }] }, {})
  expect(here.map(({ Name }) => Name)).toEqual(['after', 'before', 'twice'])
  expect(job.Failures.map(({ What }) => What)).toEqual([
    '“place”',
    '“name”',
    '“history”',
    '“empty”',
    'Line 7 of functions.jsonl',
    'Line 8 of functions.jsonl',
  ])
  await other.remove()
})

test('what lies in the trash is named, and a catalogue of one name is merged and named', async () => {
  const other = await openTestCabinet()
  const own = other.cabinet.catalogues.create(ada, { Name: 'Vision' })
  const job = await importing(other.cabinet, archive)
  expect(job.Message).toContain('Merged by name into your own: Vision.')
  expect(other.cabinet.catalogues.list().map(({ UUID }) => UUID)).toEqual([own.UUID])
  const { rows } = await other.cabinet.listing.list({}, {})
  expect(rows.filter(({ Catalogues }) => Catalogues.some(({ UUID }) => UUID === own.UUID))).toHaveLength(3)
  other.cabinet.functions.remove(ada, rows[0]?.UUID ?? '')
  const again = await importing(other.cabinet, archive)
  expect(again).toMatchObject({ Result: { Imported: 0, Present: 3, Trashed: 2 } })
  expect(again.Failures).toContainEqual({
    What: `“${rows[0]?.Name}”`,
    Message: expect.stringContaining('in the trash'),
  })
  await other.remove()
})

test('what was being downloaded is not called so where nobody downloads it', async () => {
  const other = await openTestCabinet()
  const Link = { Kind: 'Url', Target: 'https://models.example.com/m.onnx', SyncInformation: { Message: 'forged' } }
  const fetching = forgedFunction({}, { Status: 'downloading', Link })
  await importing(other.cabinet, await forged([fetching]))
  expect(other.cabinet.functions.get(fetching.UUID).body).toMatchObject({
    Status: 'error',
    SyncInformation: { Kind: 'Url', Url: Link.Target, Message: expect.stringContaining('Fetch it again') },
  })
  await other.remove()
})

test.runIf(process.platform === 'linux')('an export that is dropped in the middle leaves no file open', async () => {
  const other = await openTestCabinet()
  const big = join(folder, 'big.bin')
  await writeFile(big, randomBytes(8_000_000))
  const downloads = [{ ...(await upload(other.cabinet, await readFile(big), 'big.bin')), mimeType: 'application/x' }]
  await other.cabinet.functions.create(ada, { Name: 'big' }, { downloads })
  const openFiles = async () => {
    const links = await readdir('/proc/self/fd')
    const targets = await Promise.all(links.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')))
    return targets.filter((target) => target.startsWith(join(other.directory, 'files'))).length
  }
  for (let round = 0; round < 5; round++) {
    const { stream } = other.cabinet.admin.export()
    let size = 0
    for await (const chunk of stream) {
      size += chunk.length
      if (size > 1_000_000) break
    }
  }
  await expect.poll(openFiles).toBe(0)
  await other.remove()
})
