import { existsSync } from 'node:fs'
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BulkChange, BulkRequest, type Job } from '../../../src-contract/contract/admin/job.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Cabinet } from '../cabinet.ts'
import { ada, bob, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'
import { finished } from './testing/finished.ts'

let context: TestCabinet
let cabinet: Cabinet

beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())

async function add(seed: number, Name = `model ${seed}`): Promise<string> {
  const bundle = await upload(cabinet, modelBytes(seed))
  return (await cabinet.functions.create(ada, { Name }, { bundle })).body.UUID
}
const nobody = '00000000-0000-4000-8000-000000000000'

/** Failures of a finished verification, each as one line. */
async function verified(): Promise<string[]> {
  const job = await finished(cabinet, cabinet.jobs.startVerify(ada))
  expect(job.State).toBe('done')
  return job.Failures.map(({ What, Message }) => `${What}: ${Message}`)
}

test.each<Record<string, string>>([
  {},
  { OrderBy: 'Name' },
  { Limit: '5' },
  { q: '' },
  { q: '***' },
  { q: ' — ', Starred: 'false' },
  { Catalogue: '', Status: 'new' },
  { Catalogue: '' },
  { 'Not.q': '***' },
])('a filter that leaves out nothing changes nothing: %j', async (Filter) => {
  await add(900)
  const before = cabinet.jobs.list()
  const choices = [{ Filter }, { All: true as const, Except: { Filter } }]
  for (const choice of choices) {
    const begun = cabinet.jobs.startBulk(bob, { ...choice, Change: { Delete: true } })
    await expect(begun).rejects.toMatchObject({
      code: 'invalid',
      field: 'Filter',
      message: expect.stringMatching(/\{"All": true\}|is empty/),
    })
  }
  expect(cabinet.jobs.list()).toEqual(before)
})

test('a bulk change says that it is for all, or for some', () => {
  const messageOf = (body: object) => BulkRequest.safeParse(body).error?.issues[0]?.message
  expect(messageOf({ Change: { Delete: true } })).toMatch(/^must have one of/)
  expect(messageOf({ All: true, Filter: { q: 'a' }, Change: { Delete: true } })).toMatch(/^must have one of/)
  expect(messageOf({ All: true, Change: { Undelete: true } })).toMatch(/by Functions, Filter, Job or Trash$/)
  expect(messageOf({ All: true, Change: { Starred: true } })).toBeDefined()
  expect(messageOf({ All: true, Change: { Delete: true } })).toBeUndefined()
})

test.each([{ All: true as const }, { Functions: [nobody] }])(
  'a bulk change of %j is not begun where its time is over before it is known for which functions',
  async (choice) => {
    const before = cabinet.jobs.list()
    const signal = AbortSignal.abort(new Problem('time-out', 'This took Stopped after 5 seconds.'))
    const begun = cabinet.jobs.startBulk(bob, { ...choice, Change: { Delete: true } }, { signal })
    await expect(begun).rejects.toMatchObject({ code: 'time-out' })
    expect(cabinet.jobs.list()).toEqual(before)
  },
)

test('a bulk change names what it could not change and does the rest, more than a batch', async () => {
  const uuids: string[] = []
  for (let index = 0; index < 205; index++) {
    uuids.push((await cabinet.functions.create(ada, { Name: `bulk ${index}` }, {})).body.UUID)
  }
  const start = cabinet.events.latestId()
  const Change = { Set: { Fields: { run: 7 }, Starred: true } }
  const job = await finished(cabinet, await cabinet.jobs.startBulk(bob, { Functions: [...uuids, nobody], Change }))
  expect(job).toMatchObject({
    State: 'done',
    Done: 206,
    Total: 206,
    Unit: 'functions',
    Title: 'Changing 206 models',
    Message: '205 of 206 models changed.',
    Result: { Changed: 205, Failed: 1 },
  })
  expect(job.Failures).toEqual([{ What: nobody, Message: expect.stringContaining('no function') }])
  for (const uuid of uuids)
    expect(cabinet.functions.get(uuid)).toMatchObject({ revision: 2, body: { Fields: { run: 7 }, Starred: true } })
  const told = cabinet.events.since(start).filter(({ Kind }) => Kind === 'function.updated')
  expect(told).toHaveLength(205)
  expect(told.every(({ By }) => By === 'Bob')).toBe(true)
})

test('a bulk change by filter takes what the list shows; catalogues are added and taken away beside others', async () => {
  const [one, two] = ['One', 'Two'].map((Name) => cabinet.catalogues.create(ada, { Name }).UUID)
  const uuid = (
    await cabinet.functions.create(ada, { Name: 'filtered', Catalogues: [one ?? ''], SourceName: 'special' }, {})
  ).body.UUID
  const job = await cabinet.jobs.startBulk(bob, {
    Filter: { SourceName: 'special' },
    Change: { AddCatalogues: [two ?? ''] },
  })
  expect(await finished(cabinet, job)).toMatchObject({ State: 'done', Result: { Changed: 1 } })
  expect(cabinet.functions.get(uuid).body.Catalogues.map(({ Name }) => Name)).toEqual(['One', 'Two'])
  await finished(
    cabinet,
    await cabinet.jobs.startBulk(bob, { Functions: [uuid], Change: { RemoveCatalogues: [one ?? ''] } }),
  )
  expect(cabinet.functions.get(uuid).body.Catalogues.map(({ Name }) => Name)).toEqual(['Two'])
  await expect(
    cabinet.jobs.startBulk(bob, { Filter: { Nonsense: '1' }, Change: { Delete: true } }),
  ).rejects.toMatchObject({
    code: 'invalid',
    field: 'Filter',
  })
})

test('a bulk change leaves out what it is told to, and is taken back on just those that it was for', async () => {
  const catalogue = cabinet.catalogues.create(ada, { Name: 'Half full' }).UUID
  const make = async (Name: string, Catalogues: string[]) =>
    (await cabinet.functions.create(ada, { Name, Catalogues, SourceName: 'halves' }, {})).body.UUID
  const before = await make('in before', [catalogue])
  const unwanted = await make('not picked', [])
  const added = await make('added', [])
  const within = async () => (await cabinet.listing.uuids({ Catalogue: catalogue }, {})).toSorted()

  const job = await cabinet.jobs.startBulk(bob, {
    Filter: { SourceName: 'halves' },
    Except: { Functions: [unwanted], Filter: { Catalogue: catalogue } },
    Change: { AddCatalogues: [catalogue] },
  })
  expect(await finished(cabinet, job)).toMatchObject({
    State: 'done',
    Title: 'Adding 1 model to Half full',
    Message: '1 model added to Half full.',
    Total: 1,
    Result: { Changed: 1 },
  })
  expect(await within()).toEqual([before, added].toSorted())

  const back = await cabinet.jobs.startBulk(bob, { Job: job.UUID, Change: { RemoveCatalogues: [catalogue] } })
  expect(await finished(cabinet, back)).toMatchObject({ State: 'done', Result: { Changed: 1 } })
  expect(await within()).toEqual([before])

  // What a job did not come to is not taken back either.
  const stopped = await cabinet.jobs.startBulk(bob, { Functions: [before, added], Change: { Set: { Starred: true } } })
  cabinet.jobs.cancel(bob, stopped.UUID)
  const nothing = await cabinet.jobs.startBulk(bob, { Job: stopped.UUID, Change: { Set: { Starred: false } } })
  expect(await finished(cabinet, nothing)).toMatchObject({ Total: 0, Result: { Changed: 0, Failed: 0 } })

  const Change = { Delete: true } as const
  await expect(cabinet.jobs.startBulk(bob, { Job: nobody, Change })).rejects.toMatchObject({ code: 'not-found' })
  const other = await finished(cabinet, cabinet.jobs.startVerify(ada))
  await expect(cabinet.jobs.startBulk(bob, { Job: other.UUID, Change })).rejects.toMatchObject({ field: 'Job' })
})

test('a bulk change of own fields leaves the other fields, takes away by null, and refuses one field too many', async () => {
  const full = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`field ${at}`, at]))
  const [plain, crowded] = [{ accuracy: 0.9, run: 'a' }, full].map(
    (Fields, at) => ({ Name: `fields ${at}`, Fields }) as const,
  )
  const uuids: string[] = []
  for (const input of [plain, crowded]) {
    if (input) uuids.push((await cabinet.functions.create(ada, input, {})).body.UUID)
  }
  const [first = '', second = ''] = uuids
  const Change = { SetFields: { stage: 'tested', run: null } }
  const job = await finished(cabinet, await cabinet.jobs.startBulk(bob, { Functions: uuids, Change }))
  expect(cabinet.functions.get(first).body.Fields).toEqual({ accuracy: 0.9, stage: 'tested' })
  expect(job.Failures).toEqual([{ What: second, Message: expect.stringContaining('50') }])
  expect(cabinet.functions.get(second).body.Fields).toEqual(full)
})

test('a bulk deletion fills the trash, and can be taken back in bulk', async () => {
  const uuids = [await add(1000), await add(1001)]
  await finished(cabinet, await cabinet.jobs.startBulk(ada, { Functions: uuids, Change: { Delete: true } }))
  expect(cabinet.functions.trash().rows.map(({ UUID }) => UUID)).toEqual(expect.arrayContaining(uuids))
  await finished(cabinet, await cabinet.jobs.startBulk(ada, { Functions: uuids, Change: { Undelete: true } }))
  expect(cabinet.functions.trashed()).toEqual([])
})

test('what a filter brings back or deletes for good is what it finds in the trash, and nowhere else', async () => {
  const [trashed = '', other = '', kept = ''] = await Promise.all([add(910), add(911), add(912)])
  for (const uuid of [trashed, other, kept]) {
    await cabinet.functions.update(ada, uuid, { Alias: uuid === other ? 'pear' : 'plum' }, {})
  }
  for (const uuid of [trashed, other]) cabinet.functions.remove(ada, uuid)
  const meant = (Filter: Record<string, string>, Change: BulkChange) =>
    cabinet.jobs.chosenBy(ada, { Filter, Change }).then((uuids) => uuids.sort())
  expect(await meant({ q: 'plum' }, { Undelete: true })).toEqual([trashed])
  expect(await meant({ 'Not.q': 'plum', Status: 'ok' }, { Purge: true })).toEqual([other])
  expect(await meant({ q: 'plum' }, { Delete: true })).toEqual([kept])
  await finished(cabinet, await cabinet.jobs.startBulk(ada, { Filter: { q: 'pear' }, Change: { Undelete: true } }))
  expect(cabinet.functions.trashed()).toEqual([trashed])
  expect(await meant({ q: 'pear' }, { Undelete: true })).toEqual([])
  cabinet.functions.purge(ada, trashed)
})

test('the trash is emptied by an admin only, bytes included, and by nobody who retries the job of one', async () => {
  const uuids = [await add(1100), await add(1101)]
  const paths = uuids.map((uuid) => cabinet.modelFiles.locate(uuid).path)
  await finished(cabinet, await cabinet.jobs.startBulk(ada, { Functions: uuids, Change: { Delete: true } }))
  const empty = { Trash: true, Change: { Purge: true } } as const
  const refused = expect.objectContaining({ code: 'forbidden' })
  await expect(cabinet.jobs.startBulk(bob, empty)).rejects.toThrow(refused)
  expect(cabinet.functions.trashed()).toEqual(expect.arrayContaining(uuids))
  const job = await finished(cabinet, await cabinet.jobs.startBulk(ada, empty))
  expect(job).toMatchObject({ State: 'done', Failures: [] })
  expect(cabinet.functions.trashed()).toEqual([])
  expect(paths.filter((path) => existsSync(path))).toEqual([])
  expect((await cabinet.admin.health()).Files.Trashed).toBe(0)
  expect(() => cabinet.jobs.retry(bob, job.UUID)).toThrow(refused)
})

test('verify names a flipped byte, a missing file and a row changed by hand, and is content with the rest', async () => {
  const [flipped, lost, altered] = [await add(1, 'flipped'), await add(2, 'lost'), await add(3, 'altered')]
  // Whether they run here is written into their rows in the background, which would seal what a hand has changed.
  for (const uuid of [flipped, lost, altered])
    await expect.poll(() => cabinet.functions.get(uuid).body.Runs).not.toBeNull()
  const catalogue = cabinet.catalogues.create(ada, { Name: 'Untouched' })
  expect(await verified()).toEqual([])

  const path = (uuid: string) => cabinet.modelFiles.locate(uuid).path
  const bytes = await readFile(path(flipped))
  bytes[20] = (bytes[20] ?? 0) ^ 1
  const { atime, mtime } = await stat(path(flipped))
  await writeFile(path(flipped), bytes)
  await utimes(path(flipped), atime, mtime)
  await rm(path(lost))
  const hand = new Database(join(context.directory, 'cabinet.db'))
  hand.prepare("UPDATE function SET name = 'by hand' WHERE uuid = ?").run(altered)
  hand.prepare("UPDATE catalogue SET name = 'by hand' WHERE uuid = ?").run(catalogue.UUID)
  hand.close()

  const failures = await verified()
  expect(failures).toHaveLength(4)
  expect(failures).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^“flipped” \(.*damaged/),
      expect.stringMatching(/^“lost” \(.*lost/),
      expect.stringMatching(/^“by hand” \(.*changed by another program/),
      expect.stringMatching(/^catalogue “by hand”.*changed by another program/),
    ]),
  )
  expect(cabinet.functions.get(flipped).body.Status).toBe('error')
  expect(cabinet.functions.get(lost).body.Status).toBe('error')
  // Bytes that come again heal what was lost.
  await add(1)
  await add(2)
  const after = await verified()
  expect(after).toHaveLength(2)
  expect(cabinet.functions.get(flipped).body.Status).toBe('ok')
})

test('a job that waits when the program ends goes on at the next start', async () => {
  const uuid = await add(2000)
  const job: Job = await cabinet.jobs.startBulk(ada, { Functions: [uuid], Change: { Set: { Alias: 'later' } } })
  cabinet = await context.reopen()
  expect(await finished(cabinet, job)).toMatchObject({ State: 'done' })
  expect(cabinet.functions.get(uuid)).toMatchObject({ revision: 2, body: { Alias: 'later' } })
})

test('verify reads the files although the rows that name them cannot be read, and names both', async () => {
  const uuid = await add(1, 'flipped')
  await expect.poll(() => cabinet.functions.get(uuid).body.Runs).not.toBeNull()
  const { path } = cabinet.modelFiles.locate(uuid)
  const bytes = await readFile(path)
  bytes[20] = (bytes[20] ?? 0) ^ 1
  await writeFile(path, bytes)
  await cabinet.close()
  const file = join(context.directory, 'cabinet.db')
  const hand = new Database(file)
  const [page, size] = [
    hand.prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'blob'").pluck().get() ?? 0,
    Number(hand.pragma('page_size', { simple: true })),
  ]
  hand.pragma('wal_checkpoint(TRUNCATE)')
  hand.close()
  const whole = await readFile(file)
  whole.fill(0xff, (page - 1) * size, page * size)
  await writeFile(file, whole)

  cabinet = await context.reopen()
  const failures = await verified()
  expect(failures).toEqual(expect.arrayContaining([expect.stringContaining('rows that name the files')]))
  expect(failures).toEqual(expect.arrayContaining([expect.stringContaining(path)]))
})
