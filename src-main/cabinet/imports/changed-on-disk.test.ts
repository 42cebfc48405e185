import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { RunResult } from '../../../src-contract/contract/models/run.ts'
import { contentOf } from '../../runtime/testing/model-runner.ts'
import { finished } from '../jobs/testing/finished.ts'
import { externalModel } from '../testing/external-model.ts'
import { ada, modelBytes, openTestCabinet, type TestCabinet } from '../testing/test-cabinet.ts'

// A file that stays where it is can be overwritten at any moment: nothing is ever said of other bytes than those that were used.

/** `OVERWRITES=1000 npm test -- changed-on-disk` tries more moments. */
const MOMENTS = Number(process.env.OVERWRITES ?? 60)

let context: TestCabinet
let folder: string
let models = 0

beforeAll(async () => {
  context = await openTestCabinet()
})
afterAll(() => context.remove())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-changed-'))
  return () => rm(folder, { recursive: true, force: true })
})

const weightsIn = (place: string) => join(folder, place, 'data/w.bin')
/** Weights that are the output of the model for an input of zeros. */
const weights = (value: number) => new Uint8Array(Float32Array.of(value, value, value).buffer)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const importing = (request: Partial<ImportRequest> = {}) =>
  finished(
    context.cabinet,
    context.cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [folder], Mode: 'reference', ...request })),
  )

/** Adds a model with these weights by reference, and tells which function it is. */
async function added(place: string, value: number): Promise<string> {
  const { cabinet } = context
  const { UUID: Catalogue } = cabinet.catalogues.create(ada, { Name: `${folder} ${place}` })
  await mkdir(join(folder, place, 'data'), { recursive: true })
  await writeFile(weightsIn(place), weights(value))
  await writeFile(join(folder, place, 'net.onnx'), modelBytes(models, externalModel))
  await importing({ Paths: [join(folder, place)], Catalogue })
  const { rows } = await cabinet.listing.list({ Catalogue }, {})
  const [row] = rows
  if (!row || rows.length > 1) throw new Error(`There are ${rows.length} models.`)
  return row.UUID
}

const get = (uuid: string) => context.cabinet.functions.get(uuid).body

async function outputOf(uuid: string): Promise<unknown> {
  const inputs = { Inputs: { x: { Data: [0, 0, 0] } } }
  const body = await contentOf(await context.cabinet.models.run(uuid, inputs, 'json', {}))
  return RunResult.parse(JSON.parse(body.toString())).Outputs.y?.Data
}

test('a changed file is kept beside the old model, which is found again where its file was moved', async () => {
  models += 1
  const old = await added('run', 1)
  await rename(join(folder, 'run'), join(folder, 'moved'))
  await mkdir(join(folder, 'run/data'), { recursive: true })
  await writeFile(weightsIn('run'), weights(2))
  await writeFile(join(folder, 'run/net.onnx'), modelBytes(models, externalModel))
  await expect(outputOf(old)).rejects.toMatchObject({ code: 'unavailable' })
  expect(get(old).SyncInformation).toMatchObject({ State: 'changed' })

  const Paths = [join(folder, 'run/net.onnx')]
  expect(await importing({ Paths, Locate: old })).toMatchObject({
    Result: { Refused: 1 },
    Failures: [{ Message: expect.stringContaining('is another') }],
  })
  const kept = await importing({ Paths, IfChanged: 'keep' })
  expect(kept).toMatchObject({ Result: { Imported: 1 } })
  expect(get(old)).toMatchObject({ Paths: [], Status: 'error' })
  expect(await importing({ Paths: [join(folder, 'moved/net.onnx')], Locate: old })).toMatchObject({
    Result: { Changed: 1 },
  })
  expect(get(old)).toMatchObject({ Paths: [join(folder, 'moved/net.onnx')], Status: 'ok' })
  expect(await outputOf(old)).toEqual([1, 1, 1])
})

test('fifty pairs of trainings of one network are never called the same, nor mixed', async () => {
  for (let pair = 0; pair < 50; pair++) {
    models += 1
    const [left, right] = [Math.fround(Math.random()), Math.fround(2 + Math.random())]
    const one = await added(`${pair} a`, left)
    const two = await added(`${pair} b`, right)
    const { Same, Verdict } = await context.cabinet.models.compare(one, two, {})
    expect(Same).toMatchObject({ Bytes: false, Structure: true, Weights: false })
    expect(Verdict).not.toMatch(/same file/)
    expect(get(one).ContentSha256).not.toBe(get(two).ContentSha256)
    expect([await outputOf(one), await outputOf(two)]).toEqual([Array(3).fill(left), Array(3).fill(right)])
  }
})

test('whatever is done while a file is overwritten speaks of the bytes that were used', async () => {
  models += 1
  const { cabinet } = context
  const uuid = await added('run', 1)
  const path = weightsIn('run')
  const mine = sha256(weights(1))
  const uses = {
    run: async () => expect(await outputOf(uuid)).toEqual([1, 1, 1]),
    async download() {
      const file = await cabinet.modelFiles.download(uuid, 'w.bin')
      const bytes = await readFile(file.path)
      if (await file.isUnchanged()) expect([sha256(bytes), file.sha256]).toEqual([mine, mine])
    },
    async tensor() {
      const summary = await cabinet.models.tensor(uuid, { Scope: 'main', Name: 'w' }, {})
      expect(summary).toMatchObject({ Min: 1, Max: 1 })
    },
    async measure() {
      const request = { Warmup: 0, Runs: 1, Threads: 0, Dimensions: {} }
      const job = await finished(cabinet, cabinet.models.startBenchmark(ada, uuid, request))
      if (job.State === 'failed') throw new Problem('unavailable', job.Message)
    },
    async check() {
      cabinet.checks.again(ada, uuid)
      await expect.poll(() => get(uuid).Runs !== null || get(uuid).Status === 'error').toBe(true)
      // Weights that were cut off do not run: that may only be said of them.
      expect(get(uuid).Runs).not.toBe(false)
    },
    restore: async () => expect((await cabinet.functions.restore(ada, uuid, 1)).body.ContentSha256).toBe(content),
  }
  const content = get(uuid).ContentSha256
  const names = ['run', 'download', 'tensor', 'measure', 'check', 'restore'] as const
  for (const name of names) await uses[name]()
  for (let moment = 0; moment < MOMENTS; moment++) {
    const name = names[moment % names.length] ?? 'run'
    const other = name === 'check' ? weights(2).subarray(0, 8) : weights(2)
    const overwriting = overwrite(path, other, moment)
    try {
      await uses[name]()
    } catch (error) {
      expect(error).toBeInstanceOf(Problem)
      expect(error).toMatchObject({ code: expect.stringMatching(/^(unavailable|invalid)$/) })
    }
    await overwriting
    expect(get(uuid).ContentSha256).toBe(content)
    await writeFile(path, weights(1))
  }
})

/** Overwrites a file a while after this, in place or by a renamed one, and sometimes puts the old bytes back. */
async function overwrite(path: string, bytes: Uint8Array, moment: number): Promise<void> {
  for (let turn = 0; turn < Math.random() ** 3 * 3_000; turn++) await new Promise(setImmediate)
  const before = await readFile(path)
  if (moment % 4 < 2) await writeFile(path, bytes)
  else await writeFile(`${path}.new`, bytes).then(() => rename(`${path}.new`, path))
  if (moment % 3 === 0) await writeFile(path, before)
}
