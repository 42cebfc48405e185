import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { InferenceSession } from 'onnxruntime-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { WatchRequest } from '../../../src-contract/contract/admin/watch.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { MODELS_IN_ROUND, writeLayouts } from '../testing/model-layouts.ts'
import { ada, openTestCabinet } from '../testing/test-cabinet.ts'

// Models in all the layouts that people have: whatever door they come by, they are the same functions with the same files and verdicts.

/** `LAYOUTS=13 npm test -- doors` takes 208 models. */
const ROUNDS = Number(process.env.LAYOUTS ?? 3)

let folder: string
let models: string[]
/** What ONNX Runtime says of each model where it lies, by its content. */
let truth: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-doors-'))
  models = await writeLayouts(join(folder, 'models'), ROUNDS)
  expect(models).toHaveLength(ROUNDS * MODELS_IN_ROUND)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function runsInPlace(path: string): Promise<boolean> {
  try {
    await (await InferenceSession.create(path, { logSeverityLevel: 4 })).release()
    return true
  } catch {
    return false
  }
}

async function withCabinet(by: (cabinet: Cabinet) => Promise<void>): Promise<string[]> {
  const context = await openTestCabinet({ watchTimes: { settled: 100, again: 50, rescan: 1_000 } })
  try {
    await by(context.cabinet)
    return await described(context.cabinet)
  } finally {
    await context.remove()
  }
}

/** Each function by its files and whether it runs, in no order. */
async function described(cabinet: Cabinet): Promise<string[]> {
  const { rows } = await cabinet.listing.list({ Limit: 1_000 }, {})
  const checked = () => rows.filter(({ UUID }) => cabinet.functions.get(UUID).body.Runs === null)
  await expect.poll(checked).toEqual([])
  return rows
    .map(({ UUID }) => {
      const { Downloads, Runs, ContentSha256, TotalSize } = cabinet.functions.get(UUID).body
      const files = Downloads.filter(({ Location }) => Location !== null)
        .map(({ Location, Sha256 }) => `${Location} ${Sha256}`)
        .toSorted()
      return JSON.stringify({ ContentSha256, TotalSize, files, Runs })
    })
    .toSorted()
}

const importing = (request: Partial<ImportRequest>) =>
  withCabinet(async (cabinet) => {
    const request_ = ImportRequest.parse({ Paths: [join(folder, 'models')], ...request })
    const job = await finished(cabinet, cabinet.jobs.startImport(ada, request_))
    expect(job).toMatchObject({ State: 'done', Failures: [] })
  })

test('by reference, each runs exactly where ONNX Runtime opens it in place', async () => {
  await withCabinet(async (cabinet) => {
    const Paths = [join(folder, 'models')]
    await finished(cabinet, cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths, Mode: 'reference' })))
    truth = await described(cabinet)
    const { rows } = await cabinet.listing.list({ Limit: 1_000 }, {})
    const found = new Map(
      rows.flatMap(({ UUID }) => {
        const { Paths, Runs } = cabinet.functions.get(UUID).body
        return Paths.map((path): [string, boolean | null] => [path, Runs])
      }),
    )
    expect([...found.keys()].toSorted()).toEqual(models.toSorted())
    for (const [path, runs] of found) expect([path, runs]).toEqual([path, await runsInPlace(path)])
  })
})

test('a copy is the same', async () => expect(await importing({ Mode: 'copy' })).toEqual(truth))

test('a watched folder is the same, by reference and as a copy', async () => {
  for (const Mode of ['reference', 'copy'] as const) {
    const seen = await withCabinet(async (cabinet) => {
      await cabinet.watches.add(ada, WatchRequest.parse({ Path: join(folder, 'models'), Mode }))
      await expect.poll(async () => (await cabinet.listing.list({ Limit: 1_000 }, {})).rows.length).toBe(truth.length)
    })
    expect(seen).toEqual(truth)
  }
})

test('a zip of the folder is the same', async () => {
  const path = join(folder, 'models.zip')
  const zip = new ZipFile()
  const names = await readdir(join(folder, 'models'), { recursive: true })
  // As programs that zip a folder do, what links lead to is taken.
  for (const name of names) {
    const from = join(folder, 'models', name)
    if ((await stat(from)).isFile()) zip.addFile(from, relative(folder, from))
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  expect(await importing({ Paths: [path] })).toEqual(truth)
})
