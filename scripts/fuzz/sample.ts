import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { finished } from '../../src-main/cabinet/jobs/testing/finished.ts'
import { externalModel } from '../../src-main/cabinet/testing/external-model.ts'
import { ada, filesBelow, modelBytes, openTestCabinet, upload } from '../../src-main/cabinet/testing/test-cabinet.ts'
import { tarOf } from '../../src-main/files/testing/tar-of.ts'
import { zipOf } from '../../src-main/files/testing/zip-of.ts'
import { addModel, convolutionModel, everythingModel } from '../../src-main/onnx/testing/feature-models.ts'
import { buildModel } from '../../src-main/onnx/testing/model-builder.ts'
import type { Wholes } from './kind.ts'

/** Small models, one of them with everything that the reader knows. */
export const sampleModels: Wholes = [buildModel(addModel), buildModel(convolutionModel), buildModel(everythingModel)]

/** Zips and tars with a model and its weights, and with what must not be unpacked. */
export async function sampleArchives() {
  const model = Buffer.from(buildModel(everythingModel))
  const files = {
    'deep/model.onnx': model,
    'deep/weights.bin': Buffer.alloc(8192, 7),
    'deep/README.md': Buffer.from('# A model'),
  }
  const zips: Wholes = [await zipOf(files), await zipOf(files, { compress: false })]
  const tars: Wholes = [tarOf(files), tarOf({ [`${'long/'.repeat(60)}model.onnx`]: model, 'b.bin': Buffer.alloc(700) })]
  return { zips, tars, bomb: await zipOf({ 'model.onnx': Buffer.alloc(100_000_000) }) }
}

/** An export and the files of a backup, by their paths in it, of a cabinet that has one of each thing. */
export type SampleCabinet = { archive: Buffer; backup: ReadonlyMap<string, Buffer> }

const MODELS = 12

/** Data folders of one cabinet, as it is when it is closed, and as it is while its log holds the last changes. */
export async function sampleFolders(folder: string): Promise<readonly [string, string]> {
  const { cabinet, directory, remove } = await openTestCabinet()
  const [closed, open] = [join(folder, 'closed'), join(folder, 'open')]
  const checked = Promise.withResolvers<void>()
  let count = 0
  cabinet.events.subscribe(() => {
    if (++count === MODELS) checked.resolve()
  }, 'function.checked')
  try {
    const { UUID } = cabinet.catalogues.create(ada, { Name: 'Vision' })
    for (let seed = 0; seed < MODELS; seed++) {
      const bundle = await upload(cabinet, modelBytes(seed, seed === 0 ? everythingModel : addModel))
      const given = {
        Name: `model ${seed}`,
        Documentation: 'word '.repeat(seed * 300),
        Catalogues: [UUID],
        Fields: { seed },
      }
      const { body } = await cabinet.functions.create(ada, given, { bundle })
      await cabinet.functions.update(ada, body.UUID, { Alias: `alias ${seed}`, Tags: ['a', 'b'] }, {})
    }
    await finished(cabinet, cabinet.jobs.startVerify(ada))
    await checked.promise
    await cp(directory, open, { recursive: true })
    await cabinet.close()
    await cp(directory, closed, { recursive: true })
    for (const name of ['lock.db', 'lock.pid']) await rm(join(open, name), { force: true })
    return [closed, open]
  } finally {
    await remove()
  }
}

let made: Promise<SampleCabinet> | undefined

/** The same for all who ask. */
export function sampleCabinet(): Promise<SampleCabinet> {
  made ??= makeSampleCabinet()
  return made
}

async function makeSampleCabinet(): Promise<SampleCabinet> {
  const { cabinet, remove } = await openTestCabinet()
  const backup = await mkdtemp(join(tmpdir(), 'sample-backup-'))
  try {
    const { UUID } = cabinet.catalogues.create(ada, { Name: 'Vision' })
    for (let seed = 0; seed < 4; seed++) {
      const bundle = await upload(cabinet, modelBytes(seed))
      await cabinet.functions.create(ada, { Name: `model ${seed}`, Catalogues: [UUID], Fields: { seed } }, { bundle })
    }
    const external = await zipOf({ 'model.onnx': modelBytes(10, externalModel), 'data/w.bin': new Uint8Array(12) })
    await cabinet.functions.create(ada, {}, { bundle: await upload(cabinet, external, 'external.zip') })
    const { rows } = await cabinet.listing.list({ Limit: 5 }, {})
    const [first, second] = rows
    const update = { Documentation: 'second', Starred: true, SourceKind: 'web' as const, Licence: 'MIT', Tags: ['a'] }
    const bundle = await upload(cabinet, modelBytes(9))
    if (first) await cabinet.functions.update(ada, first.UUID, update, { bundle })
    if (second) cabinet.functions.remove(ada, second.UUID)
    const { State, Message } = await finished(cabinet, cabinet.jobs.startBackup(ada, { Path: backup }))
    if (State !== 'done') throw new Error(`The backup ended as ${State}: ${Message}`)
    const files = await Promise.all(
      (await filesBelow(backup)).map(async (path) => [relative(backup, path), await readFile(path)] as const),
    )
    return { archive: await buffer(cabinet.admin.export().stream), backup: new Map(files) }
  } finally {
    await remove()
    await rm(backup, { recursive: true, force: true })
  }
}
