import { posix } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { companionsAmong, mayBeCompanion } from '../../../src-contract/util/companion-names.ts'
import type { ArchivedFile } from '../../files/archive/archive.ts'
import { type ArchivedModel, modelsInArchive } from '../../files/archive/models-in-archive.ts'
import { openArchive } from '../../files/archive/open-archive.ts'
import { receiveFile } from '../../files/receive-file.ts'
import type { StagedFile } from '../../files/staged-file.ts'
import { refusedLocation } from '../../onnx/decode/external-data.ts'
import { placeOf } from '../../store/content-digest.ts'
import { companionOf } from '../companions/prepare-companions.ts'
import type { StructureReader } from '../reports/report-reader.ts'
import { safeFileName } from './file-name.ts'
import {
  externalFile,
  modelFile,
  type PreparedFile,
  type PreparedModel,
  presentFiles,
  readModel,
} from './prepared-files.ts'

export type PrepareOptions = {
  reader: StructureReader
  /** Folder for what is unpacked. */
  directory: string
  /** Most bytes that an archive may unpack to. */
  limit: number
  signal?: AbortSignal | undefined
}

const PLACEHOLDER = 16 * 1024

/** What became of a model in an archive; `path` is its place there. */
export type FromArchive = { path: string; model: PreparedModel } | { path: string; refusal: Problem }

/**
 * Reads every model in an archive, each with the files that it names. A model that is refused does not stop the others.
 * @param most how many models there may be
 * @returns at least one; staged files are the caller's to keep or discard, and models may share them
 * @throws Problem `invalid`, `too-large` where the archive as a whole is refused, `storage-full`. Nothing is left behind then.
 */
export async function prepareArchive(
  path: string,
  { reader, directory, limit, signal }: PrepareOptions,
  most = Number.POSITIVE_INFINITY,
): Promise<FromArchive[]> {
  const rules = { name: 'The archive', mostFiles: 10_000, mostBytes: limit }
  const archive = await openArchive(path, { ...rules, directory, signal })
  /** Models of one folder may name the same file, which is unpacked once. */
  const unpacked = new Map<ArchivedFile, StagedFile>()
  const companionsOf = companionsIn(archive.files)

  async function unpack(file: ArchivedFile): Promise<StagedFile> {
    const known = unpacked.get(file)
    if (known) return known
    const staged = await receiveFile(directory, file.bytes(), { limit: file.size, signal })
    unpacked.set(file, staged)
    return staged
  }

  async function prepare({ file, near }: ArchivedModel): Promise<PreparedModel> {
    const name = safeFileName(posix.basename(file.path), 'model.onnx')
    const model = modelFile(await unpack(file), name)
    const external: { location: string; size: number; path?: string }[] = []
    for (const [location, other] of near) {
      if (refusedLocation(location) !== null) continue
      const { size } = other
      // What stands in the place of weights, such as a Git LFS pointer, is small.
      external.push({ location, size, ...(size < PLACEHOLDER && { path: (await unpack(other)).path }) })
    }
    const report = await readModel(reader, model, { fileName: name, external, signal })
    const present = presentFiles(report)
    const files: PreparedFile[] = [model]
    for (const [location, other] of near) {
      if (present.has(location)) files.push(externalFile(await unpack(other), location))
    }
    const named = new Set(report.External.map(({ Location }) => placeOf(Location)))
    for (const { name: own, file: other } of companionsOf(file.path, named)) {
      files.push(await companionOf(await unpack(other), own, reader, signal))
    }
    return { inspection: report, files, title: name }
  }

  async function prepareOne(one: ArchivedModel): Promise<FromArchive> {
    try {
      return { path: one.file.path, model: await prepare(one) }
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof Problem) || !['invalid', 'too-large', 'time-out'].includes(error.code)) throw error
      return { path: one.file.path, refusal: error }
    }
  }

  try {
    const models = modelsInArchive(archive)
    if (models.length === 0) throw new Problem('invalid', 'The archive contains no .onnx file.')
    if (models.length > most) throw severalModels(models)
    const read: FromArchive[] = []
    for (const one of models) read.push(await prepareOne(one))
    const used = new Set(read.flatMap((one) => ('model' in one ? one.model.files : [])).map(({ staged }) => staged))
    await Promise.all([...unpacked.values()].filter((staged) => !used.has(staged)).map((staged) => staged.discard()))
    return read
  } catch (error) {
    await Promise.all([...unpacked.values()].map((staged) => staged.discard()))
    throw error
  } finally {
    archive.close()
  }
}

/** Finds the companions of models in an archive, in each one's folder and in those around it. */
function companionsIn(all: ReadonlyMap<string, ArchivedFile>) {
  const folders = new Map<string, { name: string; path: string; size: number; file: ArchivedFile }[]>()
  let models = 0
  for (const [path, file] of all) {
    const folder = posix.dirname(path)
    if (/\.onnx$/i.test(path)) models++
    else if (mayBeCompanion(posix.basename(path))) {
      const one = { name: safeFileName(path, 'file'), path, size: file.size, file }
      folders.set(folder, [...(folders.get(folder) ?? []), one])
    }
  }
  /** `named` are locations of the model's external data. */
  return (model: string, named: ReadonlySet<string>) => {
    const own = posix.dirname(model)
    const around = [own]
    for (let folder = own; posix.dirname(folder) !== folder; folder = posix.dirname(folder))
      around.push(posix.dirname(folder))
    const neighbourhoods = around.map((folder) => ({ models, files: folders.get(folder) ?? [] }))
    return companionsAmong(posix.basename(model), neighbourhoods, ({ path }) => named.has(posix.relative(own, path)))
  }
}

function severalModels(models: readonly ArchivedModel[]): Problem {
  const names = models.slice(0, 5).map(({ file }) => file.path)
  const list = `${names.join(', ')}${models.length > names.length ? ' …' : ''}`
  const found = `The archive contains ${models.length} models (${list}), and an upload takes one.`
  return new Problem('invalid', `${found} Import the archive by its path to take all of them.`)
}
