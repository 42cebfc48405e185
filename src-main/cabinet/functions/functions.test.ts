import { createReadStream } from 'node:fs'
import { readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { convolutionModel } from '../../onnx/testing/feature-models.ts'
import type { ModelSpec } from '../../onnx/testing/model-builder.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { leavesNothing } from '../testing/leaves-nothing.ts'
import { ada, bob, filesBelow, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

let context: TestCabinet
let cabinet: Cabinet

beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())

const kept = () => filesBelow(join(context.directory, 'files'))
const incoming = () => filesBelow(cabinet.files.incoming)
const silero = join(import.meta.dirname, '../../../node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx')

async function add(seed: number, spec?: ModelSpec) {
  return cabinet.functions.create(
    ada,
    { Name: `model ${seed}` },
    { bundle: await upload(cabinet, modelBytes(seed, spec)) },
  )
}

test.each([
  ['text', Buffer.from('these are words, and no model')],
  ['nothing', Buffer.from('')],
  ['a PNG image', Buffer.from('\x89PNG\r\n\x1a\n0000000000', 'latin1')],
  ['a model cut in half', modelBytes(1).slice(0, 60)],
])('%s is refused in words and leaves nothing', async (_, bytes) => {
  const bundle = await upload(cabinet, bytes, 'cat.onnx')
  const error = await leavesNothing(context, () => cabinet.functions.create(ada, { Name: 'x' }, { bundle }))
  expect(error).toMatchObject({
    code: 'invalid',
    field: 'bundle',
    message: expect.stringMatching(/Nothing was imported\.$/),
  })
})

test('an abort while the structure is read leaves nothing', async () => {
  const abort = new AbortController()
  const bundle = await upload(cabinet, modelBytes(2))
  const work = () => {
    const creating = cabinet.functions.create(ada, {}, { bundle }, { signal: abort.signal })
    abort.abort(new Error('the client is gone'))
    return creating
  }
  expect(await leavesNothing(context, work)).toMatchObject({ message: 'the client is gone' })
})

test('an unknown catalogue is refused, and the file that was already on disk goes with it', async () => {
  const Catalogues = ['00000000-0000-4000-8000-000000000000']
  const bundle = await upload(cabinet, modelBytes(3))
  const error = await leavesNothing(context, () => cabinet.functions.create(ada, { Name: 'x', Catalogues }, { bundle }))
  expect(error).toMatchObject({ code: 'invalid', field: 'Catalogues' })
})

test('neither a name nor a file is refused', async () => {
  expect(await leavesNothing(context, () => cabinet.functions.create(ada, {}, {}))).toMatchObject({
    code: 'invalid',
    field: 'Name',
  })
})

test('a lost update is refused, before and after the file was read', async () => {
  const { body } = await add(4)
  await cabinet.functions.update(bob, body.UUID, { Alias: 'first' }, {}, { expectedRevisions: [1] })
  const late = async () =>
    cabinet.functions.update(
      ada,
      body.UUID,
      { Alias: 'second' },
      { bundle: await upload(cabinet, modelBytes(5)) },
      { expectedRevisions: [1] },
    )
  expect(await leavesNothing(context, late)).toMatchObject({ code: 'precondition-failed', uuid: body.UUID })
  const bundle = await upload(cabinet, modelBytes(5))
  const racing = cabinet.functions.update(ada, body.UUID, { Alias: 'slow' }, { bundle }, { expectedRevisions: [2] })
  await cabinet.functions.update(bob, body.UUID, { Alias: 'quick' }, {})
  await expect(racing).rejects.toMatchObject({ code: 'precondition-failed' })
  expect(cabinet.functions.get(body.UUID)).toMatchObject({ body: { Alias: 'quick' }, revision: 3 })
  expect(await incoming()).toEqual([])
  expect(await kept()).not.toContain(cabinet.files.pathOf(bundle.sha256))
})

test('a real model is described from its file, and turns out to run here without moving UpdatedAt', async () => {
  const staged = await cabinet.files.receive(createReadStream(silero), { limit: 2 ** 31 })
  const { body, revision } = await cabinet.functions.create(
    ada,
    {},
    { bundle: { ...staged, fileName: 'C:\\models\\silero_vad_v5.onnx' } },
  )
  expect(body).toMatchObject({
    Name: 'silero_vad_v5',
    Status: 'ok',
    Runs: null,
    InputDriver: 'vision',
    Code: { Size: 2_327_524 },
  })
  expect(body.NamedInput.map(({ Name }) => Name)).toEqual(['input', 'state', 'sr'])
  expect(body.Downloads).toEqual([
    {
      Role: 'model',
      MimeType: 'application/x-onnx',
      Name: 'silero_vad_v5.onnx',
      Size: 2_327_524,
      Location: null,
      Sha256: staged.sha256,
      Url: `/function/${body.UUID}/download/silero_vad_v5.onnx`,
    },
  ])
  await expect.poll(() => cabinet.functions.get(body.UUID).body.Runs).toBe(true)
  const checked = cabinet.functions.get(body.UUID)
  expect(checked).toEqual({ body: { ...body, Runs: true }, revision })
  expect(cabinet.functions.inspection(body.UUID)).toMatchObject({ FileSha256: staged.sha256, Runtime: { State: 'ok' } })
})

test('image models fill the details of the driver vision, unless the client gives some', async () => {
  const { body } = await add(6, convolutionModel)
  expect(body.InputDriverDetails).toEqual({
    channels: 3,
    height: 16,
    width: 16,
    means: [0, 0, 0],
    vars: [1, 1, 1],
    order: 0,
  })
  const given = await cabinet.functions.create(
    ada,
    { Name: 'own', InputDriver: 'vision', InputDriverDetails: { width: 99 } },
    { bundle: await upload(cabinet, modelBytes(6, convolutionModel)) },
  )
  expect(given.body.InputDriverDetails).toEqual({ width: 99 })
  const wide = await cabinet.listing.list({ Width: { minimum: 99, maximum: 99 } }, {})
  expect(wide.rows.map(({ UUID }) => UUID)).toEqual([given.body.UUID])
})

test('identical bytes are stored once and make a function each', async () => {
  const before = (await kept()).length
  const [one, two] = await Promise.all([add(7), add(7)])
  expect(one.body.UUID).not.toBe(two.body.UUID)
  expect((await kept()).length).toBe(before + 1)
})

test('a patch changes what it names, null empties, and no change is no revision', async () => {
  const { body } = await add(8)
  const changed = await cabinet.functions.update(
    bob,
    body.UUID,
    { Alias: 'eight', Fields: { accuracy: 0.9 }, SourceName: 'hub' },
    {},
  )
  expect(changed).toMatchObject({
    revision: 2,
    body: { Name: 'model 8', Alias: 'eight', Fields: { accuracy: 0.9 }, Source: { Name: 'hub' } },
  })
  const again = await cabinet.functions.update(bob, body.UUID, { Alias: 'eight', Fields: { accuracy: 0.9 } }, {})
  expect(again).toEqual(changed)
  const cleared = { Alias: null, SourceName: null, Fields: { accuracy: null, never: null } }
  const emptied = await cabinet.functions.update(bob, body.UUID, cleared, {})
  expect(emptied).toMatchObject({ revision: 3, body: { Alias: '', Fields: {}, Source: { Name: null, Url: null } } })
})

test('a new model replaces the old one, renews what was filled from it, and is checked anew', async () => {
  const { body } = await add(9, convolutionModel)
  await expect.poll(() => cabinet.functions.get(body.UUID).body.Runs).toBe(true)
  const bundle = await upload(cabinet, modelBytes(10), 'new.onnx')
  const { body: replaced } = await cabinet.functions.update(ada, body.UUID, {}, { bundle })
  expect(replaced).toMatchObject({
    InputDriverDetails: {},
    Runs: null,
    Downloads: [{ Name: 'new.onnx', Sha256: bundle.sha256 }],
  })
  expect(replaced.NamedInput).toEqual([{ Name: 'x', DataType: 'float', Shape: [1, 3] }])
  await expect.poll(() => cabinet.functions.get(body.UUID).body.Runs).toBe(true)
})

test('files for devices stand beside the model, each under a name of its own', async () => {
  const { body } = await add(11)
  const device = async (text: string, mimeType: string) => ({
    ...(await upload(cabinet, Buffer.from(text), 'model.onnx')),
    mimeType,
  })
  const hailo = 'application/x-onnx; device=hailo'
  await cabinet.functions.update(ada, body.UUID, {}, { downloads: [await device('first', hailo)] })
  const second = await cabinet.functions.update(
    ada,
    body.UUID,
    {},
    {
      downloads: [await device('second', hailo), await device('third', 'application/x-onnx; device=mxa')],
    },
  )
  expect(second.body.Downloads.map(({ MimeType, Name, Size }) => [MimeType, Name, Size])).toEqual([
    ['application/x-onnx', 'model.onnx', body.Code.Size],
    [hailo, 'model (2).onnx', 6],
    ['application/x-onnx; device=mxa', 'model (3).onnx', 5],
  ])
  const file = await cabinet.modelFiles.download(body.UUID, 'model (2).onnx')
  expect(await readFile(file.path, 'utf8')).toBe('second')
  const found = await cabinet.listing.list({ RuntimeArch: 'mxa' }, {})
  expect(found.rows.map(({ UUID }) => UUID)).toEqual([body.UUID])
})

test('history tells every change, and restore brings back content and file as a new revision', async () => {
  const { body } = await add(12)
  const first = body.Downloads[0]?.Sha256
  await cabinet.functions.update(
    bob,
    body.UUID,
    { Documentation: 'better' },
    { bundle: await upload(cabinet, modelBytes(13), 'b.onnx') },
  )
  await cabinet.functions.update(bob, body.UUID, { Name: 'renamed' }, {})
  expect(cabinet.functions.history(body.UUID).rows).toMatchObject([
    { Revision: 3, By: 'Bob', Change: [{ Field: 'Name', Before: 'model 12', After: 'renamed' }] },
    {
      Revision: 2,
      By: 'Bob',
      File: { Name: 'b.onnx' },
      Change: [{ Field: 'Documentation', Before: '', After: 'better' }, { Field: 'Files' }],
    },
    { Revision: 1, By: 'Ada', File: { Sha256: first } },
  ])
  const restored = await cabinet.functions.restore(ada, body.UUID, 1)
  expect(restored).toMatchObject({
    revision: 4,
    body: { Name: 'model 12', Documentation: '', Downloads: [{ Sha256: first }] },
  })
  expect(cabinet.functions.inspection(body.UUID).FileSha256).toBe(first)
  await expect(cabinet.functions.restore(ada, body.UUID, 9)).rejects.toMatchObject({
    code: 'not-found',
    field: 'Revision',
  })
})

test('the trash hides a function everywhere, gives it back whole, and purging takes its files unless others use them', async () => {
  const catalogue = cabinet.catalogues.create(ada, { Name: 'Trash test' })
  const count = () => cabinet.catalogues.list().find(({ UUID }) => UUID === catalogue.UUID)?.FunctionCount
  const bundle = await upload(cabinet, modelBytes(14))
  const path = cabinet.files.pathOf(bundle.sha256)
  const { body } = await cabinet.functions.create(ada, { Catalogues: [catalogue.UUID] }, { bundle })
  expect(() => cabinet.catalogues.remove(ada, catalogue.UUID)).toThrow(/not empty: a model is in it/)
  cabinet.functions.remove(ada, body.UUID)
  expect(() => cabinet.functions.get(body.UUID)).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(() => cabinet.functions.remove(ada, body.UUID)).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(count()).toBe(0)
  expect(cabinet.functions.trash().rows.map(({ UUID }) => UUID)).toEqual([body.UUID])
  const back = cabinet.functions.undelete(ada, body.UUID)
  expect(back).toMatchObject({
    revision: 3,
    body: { Catalogues: [{ UUID: catalogue.UUID }], NamedInput: body.NamedInput },
  })
  expect(count()).toBe(1)
  const duplicate = await add(14)
  for (const UUID of [body.UUID, duplicate.body.UUID]) cabinet.functions.remove(ada, UUID)
  const purge = async (uuid: string) =>
    finished(cabinet, await cabinet.jobs.startBulk(ada, { Functions: [uuid], Change: { Purge: true } }))
  await purge(body.UUID)
  cabinet.functions.undelete(ada, duplicate.body.UUID)
  cabinet.functions.remove(ada, duplicate.body.UUID)
  expect(await kept()).toContain(path)
  await purge(duplicate.body.UUID)
  expect(await kept()).not.toContain(path)
})

test('every change has its event, in order and with what changed', async () => {
  const heard: number[] = []
  const stop = cabinet.events.subscribe(({ Id, Kind }) => {
    if (Kind !== 'function.checked') heard.push(Id)
  })
  const start = cabinet.events.latestId()
  const { body } = await add(15)
  await cabinet.functions.update(bob, body.UUID, { Starred: true }, {})
  stop()
  const [created, updated] = cabinet.events.since(start).filter(({ UUID }) => UUID === body.UUID)
  expect(created).toMatchObject({ Kind: 'function.created', By: 'Ada', Summary: 'Added “model 15”' })
  expect(updated).toMatchObject({ Kind: 'function.updated', By: 'Bob', Summary: 'Changed star of “model 15”' })
  expect(heard).toEqual([created?.Id, updated?.Id])
  expect(cabinet.events.audit({ limit: 1, uuid: body.UUID, before: (updated?.Id ?? 0) + 1 })).toMatchObject([
    { Id: updated?.Id, Change: [{ Field: 'Starred', Before: false, After: true }] },
  ])
})

test('a lost or shortened file is told when it is asked for', async () => {
  const { body } = await add(18)
  const { path } = await cabinet.modelFiles.download(body.UUID, 'model.onnx')
  await writeFile(path, 'short')
  await expect(cabinet.modelFiles.download(body.UUID, 'model.onnx')).rejects.toThrow(/is damaged/)
  await rm(path)
  await expect(cabinet.modelFiles.download(body.UUID, 'model.onnx')).rejects.toThrow(/is lost/)
})

test('after a restart everything is as it was, and files that no row names are gone', async () => {
  const { body } = await add(19)
  const orphan = await cabinet.files.receive(createReadStream(silero.replace('v5', 'v6')), { limit: 2 ** 31 })
  await cabinet.files.keep(orphan)
  await upload(cabinet, Buffer.from('an upload that was cut off'))
  cabinet = await context.reopen()
  expect(cabinet.functions.get(body.UUID).body).toMatchObject({ Name: body.Name, Downloads: body.Downloads })
  expect(await incoming()).toEqual([])
  await expect.poll(kept).not.toContain(cabinet.files.pathOf(orphan.sha256))
})

test('a database that is gone is no empty cabinet, whose files would go to the trash', async () => {
  await context.cabinet.close()
  const database = join(context.directory, 'cabinet.db')
  const before = await kept()
  const content = await readFile(database)
  await truncate(database)
  await expect(context.reopen()).rejects.toThrow(
    /data file .*cabinet\.db is missing or empty, but .* contains model files/,
  )
  await rm(database)
  await expect(context.reopen()).rejects.toThrow('Restore a backup')
  expect(await kept()).toEqual(before)
  await writeFile(database, content)
  cabinet = await context.reopen()
  expect((await cabinet.listing.list({ Limit: 1, q: '' }, {})).total).toBeGreaterThan(0)
})
