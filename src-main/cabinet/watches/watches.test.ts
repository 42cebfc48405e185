import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, open, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { WatchRequest } from '../../../src-contract/contract/admin/watch.ts'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import type { Spawn } from '../../processes/spawn/channel.ts'
import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import { inspectTask } from '../../reader/tasks/model-tasks.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { externalModel } from '../testing/external-model.ts'
import { ada, modelBytes, openTestCabinet, type TestCabinet } from '../testing/test-cabinet.ts'

let context: TestCabinet
let cabinet: Cabinet
let folder: string
/** The catalogue of the test's own models. */
let catalogue: string
let seed = 0

beforeAll(async () => {
  context = await openTestCabinet({ watchTimes: { settled: 100, again: 50, rescan: 1_000 } })
  cabinet = context.cabinet
})
afterAll(() => context.remove())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-watch-'))
  catalogue = cabinet.catalogues.create(ada, { Name: folder }).UUID
})
afterEach(async () => {
  for (const { UUID } of cabinet.watches.list()) await cabinet.watches.remove(ada, UUID)
  await rm(folder, { recursive: true, force: true })
})

/** A model that no other test has. */
const newModel = () => modelBytes(++seed)
const add = (request: Partial<WatchRequest> = {}) =>
  cabinet.watches.add(ada, WatchRequest.parse({ Path: folder, Catalogue: catalogue, ...request }))
const all = async (): Promise<FunctionItem[]> =>
  (await cabinet.listing.list({ Catalogue: catalogue }, {})).rows.toSorted((a, b) => (a.Name < b.Name ? -1 : 1))
/** Models of one name are told apart by their folders, which differ in each test. */
const names = async () => (await all()).map(({ Name, Status }) => [Name.split('/').at(-1), Status]).sort()
const watched = () => expect.poll(() => cabinet.watches.list()[0]?.State).toBe('watching')
const settled = () =>
  expect
    .poll(() => cabinet.jobs.list().map(({ State }) => State))
    .not.toContainEqual(expect.stringMatching(/waiting|running/))

test('what is no folder, the cabinet itself, a folder twice and an unknown catalogue are refused', async () => {
  const file = join(folder, 'm.onnx')
  await writeFile(file, newModel())
  await expect(add({ Path: 'models' })).rejects.toMatchObject({ code: 'invalid', field: 'Path' })
  await expect(add({ Path: file })).rejects.toThrow('is a file, not a folder')
  await expect(add({ Path: join(folder, 'gone') })).rejects.toThrow(`No folder was found at ${join(folder, 'gone')}.`)
  await expect(add({ Path: join(context.directory, 'files') })).rejects.toThrow('data folder itself')
  await expect(add({ Catalogue: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject({ field: 'Catalogue' })
  expect(cabinet.watches.list()).toEqual([])
  await add()
  await expect(add()).rejects.toMatchObject({ code: 'conflict' })
})

test('a watched folder is imported, and so is what appears in it once it is fully written', async () => {
  await writeFile(join(folder, 'first.onnx'), newModel())
  await add()
  await expect.poll(names).toEqual([['first', 'ok']])
  await watched()
  await mkdir(join(folder, 'later'))
  const bytes = newModel()
  const file = await open(join(folder, 'later', 'second.onnx'), 'w')
  await file.write(bytes.subarray(0, 40))
  await file.write(bytes.subarray(40))
  await file.close()
  await writeFile(join(folder, 'later', 'notes.txt'), 'no model')
  await expect.poll(names).toEqual([
    ['first', 'ok'],
    ['second', 'ok'],
  ])
  await settled()
  expect(cabinet.jobs.list().flatMap(({ Failures }) => Failures)).toEqual([])
})

test('a file that vanishes is flagged with a sentence, and found again by its content where it turns up', async () => {
  const path = join(folder, 'net.onnx')
  await writeFile(path, newModel())
  await add()
  await expect.poll(names).toEqual([['net', 'ok']])
  await watched()
  const [{ UUID } = { UUID: '' }] = await all()
  await rename(path, join(folder, 'away'))
  await expect.poll(() => cabinet.functions.get(UUID).body.Status).toBe('error')
  expect(cabinet.functions.get(UUID).body.SyncInformation.Message).toContain(path)
  await mkdir(join(folder, 'elsewhere'))
  await rename(join(folder, 'away'), join(folder, 'elsewhere', 'renamed.onnx'))
  await expect.poll(() => cabinet.functions.get(UUID).body.Status).toBe('ok')
  expect(cabinet.functions.get(UUID).body.SyncInformation).toEqual({})
  expect(cabinet.modelFiles.locate(UUID).path).toBe(join(folder, 'elsewhere', 'renamed.onnx'))
  expect(await all()).toHaveLength(1)
})

test('a model that is trained anew in its place gets a new revision', async () => {
  const path = join(folder, 'net.onnx')
  await writeFile(path, newModel())
  await add()
  await expect.poll(names).toEqual([['net', 'ok']])
  await watched()
  const [{ UUID } = { UUID: '' }] = await all()
  await writeFile(path, newModel())
  await expect.poll(() => cabinet.functions.get(UUID).revision).toBe(2)
  expect(await all()).toHaveLength(1)
  expect((await cabinet.modelFiles.download(UUID, 'net.onnx')).path).toBe(path)
})

test('weights that come after their model make it whole', async () => {
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'net.onnx'), modelBytes(++seed, externalModel))
  await add()
  await expect.poll(names).toEqual([['net', 'ok']])
  await watched()
  const [{ UUID } = { UUID: '' }] = await all()
  expect(cabinet.functions.inspection(UUID).External).toMatchObject([{ State: 'missing' }])
  await writeFile(join(folder, 'data', 'w.bin'), new Uint8Array(12))
  await expect.poll(() => cabinet.functions.inspection(UUID).External).toMatchObject([{ State: 'present' }])
  expect(await all()).toHaveLength(1)
})

test('what came, changed, went and moved while the program was not running is found at the next start', async () => {
  for (const name of ['goes', 'moves', 'stays', 'changes']) {
    await writeFile(join(folder, `${name}.onnx`), newModel())
  }
  await add()
  await expect.poll(async () => (await names()).length).toBe(4)
  await watched()
  await settled()
  await cabinet.close()
  await rm(join(folder, 'goes.onnx'))
  await mkdir(join(folder, 'deep'))
  await rename(join(folder, 'moves.onnx'), join(folder, 'deep', 'moved.onnx'))
  await writeFile(join(folder, 'changes.onnx'), newModel())
  await writeFile(join(folder, 'comes.onnx'), newModel())
  cabinet = await context.reopen()
  await expect.poll(names).toEqual([
    ['changes', 'ok'],
    ['comes', 'ok'],
    ['goes', 'error'],
    ['moves', 'ok'],
    ['stays', 'ok'],
  ])
})

test('a folder that is away is told, and watched again when it is back', async () => {
  await writeFile(join(folder, 'net.onnx'), newModel())
  await add()
  await expect.poll(names).toEqual([['net', 'ok']])
  await watched()
  await settled()
  await rename(folder, `${folder}-away`)
  await expect
    .poll(() => cabinet.watches.list()[0])
    .toMatchObject({ State: 'missing', Message: expect.stringContaining(folder) })
  await expect.poll(names).toEqual([['net', 'error']])
  await rename(`${folder}-away`, folder)
  await watched()
  await expect.poll(names).toEqual([['net', 'ok']])
})

test('a folder that is not watched any more is left alone, and what was imported stays', async () => {
  await writeFile(join(folder, 'first.onnx'), newModel())
  const { UUID } = await add({ Mode: 'copy' })
  await expect.poll(names).toEqual([['first', 'ok']])
  await watched()
  await cabinet.watches.remove(ada, UUID)
  await expect(cabinet.watches.remove(ada, UUID)).rejects.toMatchObject({ code: 'not-found' })
  await writeFile(join(folder, 'second.onnx'), newModel())
  cabinet = await context.reopen()
  expect(cabinet.watches.list()).toEqual([])
  expect(await names()).toEqual([['first', 'ok']])
})

test.skipIf(process.platform === 'win32')(
  'rings of links, dead links and pipes in a watched folder stop nothing, and are named',
  async () => {
    await writeFile(join(folder, 'a.onnx'), newModel())
    await mkdir(join(folder, 'deep', 'deeper'), { recursive: true })
    await symlink(folder, join(folder, 'deep', 'deeper', 'ring'))
    await symlink('loop', join(folder, 'loop'))
    execFileSync('mkfifo', [join(folder, 'pipe.onnx')])
    await add()
    await expect.poll(names).toEqual([['a', 'ok']])
    await watched()
    await expect.poll(() => cabinet.watches.list()[0]?.Message).toContain('was passed over: It is')
    await writeFile(join(folder, 'deep', 'b.onnx'), newModel())
    await expect.poll(names).toEqual([
      ['a', 'ok'],
      ['b', 'ok'],
    ])
    expect((await all()).map(({ UUID }) => cabinet.functions.get(UUID).body.Paths.length)).toEqual([1, 1])
  },
)

test('what is left out of a watched folder stays out when it changes, also after a restart', async () => {
  await mkdir(join(folder, '.git'))
  await add({ Exclude: ['old'] })
  await watched()
  cabinet = await context.reopen()
  expect(cabinet.watches.list()).toMatchObject([{ Exclude: ['old'] }])
  await watched()
  await mkdir(join(folder, 'old'))
  for (const name of ['.git/a.onnx', 'old/b.onnx', '._c.onnx', 'd.onnx'])
    await writeFile(join(folder, name), newModel())
  await expect.poll(names).toEqual([['d', 'ok']])
  await settled()
  expect(await names()).toEqual([['d', 'ok']])
})

test('a file that comes into a new folder before that is watched is found', async () => {
  await add()
  await watched()
  const expected: string[][] = []
  for (let round = 0; round < 20; round++) {
    await writeFile(join(folder, `away-${round}`), newModel())
    const place = join(folder, `new-${round}`, 'deep')
    await mkdir(place, { recursive: true })
    await rename(join(folder, `away-${round}`), join(place, `model-${round}.onnx`))
    expected.push([`model-${round}`, 'ok'])
  }
  await expect.poll(names).toEqual(expected.sort())
})

test.each(['copy', 'reference'] as const)(
  'a data file that has its size before its bytes ends as one model in mode %s',
  async (Mode) => {
    await add({ Mode })
    await watched()
    await writeFile(join(folder, 'net.onnx'), modelBytes(++seed, externalModel))
    await mkdir(join(folder, 'data'))
    const path = join(folder, 'data', 'w.bin')
    const file = await open(path, 'w')
    await file.truncate(12)
    await expect.poll(names).toEqual([['net', 'ok']])
    await settled()
    await file.write(new Uint8Array(12).fill(seed))
    await file.close()
    const sha256 = createHash('sha256').update(new Uint8Array(12).fill(seed)).digest('hex')
    const digests = async () =>
      (await all()).map(
        ({ UUID }) => cabinet.functions.get(UUID).body.Downloads.find(({ Location }) => Location)?.Sha256,
      )
    await expect.poll(digests).toEqual([sha256])
  },
)

test('a companion that changes is renewed once, whether somebody watched or not', async () => {
  await writeFile(join(folder, 'model.onnx'), newModel())
  await add({ Mode: 'reference' })
  await watched()
  await settled()
  const labels = async () => {
    const [model] = await all()
    if (!model) return []
    const { body, revision } = cabinet.functions.get(model.UUID)
    return [revision, body.Downloads.find(({ Name }) => Name === 'labels.txt')?.Size]
  }
  await expect.poll(labels).toEqual([1, undefined])
  await writeFile(join(folder, 'labels.txt'), 'cat')
  await expect.poll(labels).toEqual([2, 3])
  await settled()
  cabinet = await context.reopen()
  await watched()
  await settled()
  expect(await labels()).toEqual([2, 3])
  await context.cabinet.close()
  await writeFile(join(folder, 'labels.txt'), 'horse')
  cabinet = await context.reopen()
  await expect.poll(labels).toEqual([3, 5])
})

test('what came after a backup comes in again when that is restored', async () => {
  const own = await openTestCabinet({ watchTimes: { settled: 100, again: 50, rescan: 600_000 } })
  const backup = `${folder}-backup`
  try {
    await own.cabinet.watches.add(ada, WatchRequest.parse({ Path: folder }))
    await finished(own.cabinet, own.cabinet.jobs.startBackup(ada, { Path: backup }))
    const count = async () => (await own.cabinet.listing.list({}, {})).rows.length
    await writeFile(join(folder, 'later.onnx'), newModel())
    await expect.poll(count).toBe(1)
    await finished(own.cabinet, own.cabinet.jobs.startRestore(ada, { Path: backup }))
    await expect.poll(count).toBe(1)
  } finally {
    await own.remove()
    await rm(backup, { recursive: true, force: true })
  }
})

test('what could not be read because the system ended every reader is imported later', async () => {
  let isShort = true
  const spawn: Spawn = (kind, args) => {
    const child = spawnNode(kind, args)
    return {
      ...child,
      post(message) {
        const reads =
          typeof message === 'object' && message !== null && 'task' in message && message.task === inspectTask.name
        if (reads && isShort && child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
        child.post(message)
      },
    }
  }
  const short = await openTestCabinet({}, spawn)
  try {
    await writeFile(join(folder, 'model.onnx'), newModel())
    await short.cabinet.watches.add(ada, WatchRequest.parse({ Path: folder }))
    await expect
      .poll(() => short.cabinet.jobs.list()[0])
      .toMatchObject({
        State: 'waiting',
        Message: expect.stringContaining('the system stopped the process'),
      })
    isShort = false
    const [job] = short.cabinet.jobs.list()
    short.cabinet.jobs.resume(ada, job?.UUID ?? '')
    await expect.poll(async () => (await short.cabinet.listing.list({}, {})).rows.length).toBe(1)
  } finally {
    await short.remove()
  }
})
