import { randomUUID } from 'node:crypto'
import { createWriteStream, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, posix } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Archive, ArchivedFile } from '../files/archive/archive.ts'
import { type ArchivedModel, modelsInArchive } from '../files/archive/models-in-archive.ts'
import { archiveKind, openArchive } from '../files/archive/open-archive.ts'
import {
  type ExternalFiles,
  filesNextToModel,
  missing,
  presentIfLongEnough,
  refusedLocation,
} from '../onnx/decode/external-data.ts'
import { UnreadableModel } from '../onnx/decode/unreadable-model.ts'
import { type ByteSource, fileSource, memorySource, NotAFile, sliceSource } from '../onnx/wire/byte-source.ts'

/** A model that is open for reading: its bytes, what sentences call it, and the files that it refers to. */
export type OpenModel = {
  source: ByteSource
  fileName: string
  externalFiles: ExternalFiles
  isArchived: boolean
  close(): void
}

/** A model in a file: the file itself, or one in the archive that it is, whose path begins with that of the archive. */
export type FoundModel = { path: string; open(): Promise<OpenModel> }

/** Unpacked entries up to this size stay in memory, larger ones go to a temporary file. */
const largestInMemory = 64 * 1024 * 1024
/** A folder of data sets may hold larger archives, which are not models. */
const limits = { mostFiles: 10_000, mostBytes: 32 * 1024 ** 3 }

/**
 * Uses each model in a file, whatever the file is called; only until `use` has ended can they be opened.
 * @throws {UnreadableModel} or, of an archive, {Problem}, with a sentence for a person
 */
export async function withModels<T>(path: string, use: (models: FoundModel[]) => Promise<T>): Promise<T> {
  const fileName = basename(path)
  openFile(path, fileName).close()
  const kind = await archiveKind(path)
  if (kind === undefined) return use([{ path, open: async () => openSingle(path, fileName) }])
  const archive = await openArchive(path, { ...limits, name: fileName, directory: tmpdir() })
  try {
    const models = modelsInArchive(archive)
    if (models.length === 0) throw noModel(archive, fileName, kind)
    return await use(
      models.map((model) => ({
        path: models.length > 1 ? join(path, model.file.path) : path,
        open: () => openArchivedModel(model, fileName),
      })),
    )
  } finally {
    archive.close()
  }
}

function openSingle(path: string, fileName: string): OpenModel {
  const source = openFile(path, fileName)
  return { source, fileName, externalFiles: filesNextToModel(path), isArchived: false, close: () => source.close() }
}

function openFile(path: string, fileName: string): ByteSource {
  try {
    return fileSource(path)
  } catch (error) {
    if (error instanceof NotAFile) throw new UnreadableModel('not-a-file', `${fileName} is not a file.`)
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UnreadableModel('missing', `${fileName} does not exist.`)
    if (code === 'EACCES' || code === 'EPERM')
      throw new UnreadableModel('unreadable', `Permission denied: ${fileName} cannot be read.`)
    throw new UnreadableModel('unreadable', `${fileName} cannot be opened: ${String(code ?? error)}.`)
  }
}

async function openArchivedModel({ file, near }: ArchivedModel, archiveName: string): Promise<OpenModel> {
  const source = await openArchived(file)
  return {
    source,
    fileName: `${posix.basename(file.path)} in ${archiveName}`,
    externalFiles: filesInArchive(near),
    isArchived: true,
    close: () => source.close(),
  }
}

function noModel({ files }: Archive, name: string, kind: string): UnreadableModel {
  const isTorch = [...files.keys()].some((path) => path.endsWith('data.pkl'))
  const found = `it is a ${isTorch ? 'PyTorch' : kind} archive without an .onnx file`
  return new UnreadableModel('no-model-in-archive', `${name} is not an ONNX model: ${found}.`)
}

/** External files in the archive of a model; their paths start at the folder of the model there. */
function filesInArchive(near: ArchivedModel['near']): ExternalFiles {
  return {
    find(location, bytes) {
      const refusal = refusedLocation(location)
      if (refusal !== null) return refusal
      const file = near.get(posix.normalize(location))
      return file === undefined ? missing(location) : presentIfLongEnough(location, file.size, bytes)
    },
    async open(location) {
      const file = refusedLocation(location) === null ? near.get(posix.normalize(location)) : undefined
      return file === undefined ? null : openArchived(file)
    },
  }
}

/** The bytes of a file in an archive: in place where they are stored as they are, else unpacked. */
async function openArchived(file: ArchivedFile): Promise<ByteSource> {
  const place = await file.storedAt()
  if (place !== null) return sliceSource(fileSource(place.path), place.start, file.size)
  if (file.size > largestInMemory) return unpackToFile(file)
  return memorySource(Buffer.concat(await Array.fromAsync(file.bytes())))
}

async function unpackToFile(file: ArchivedFile): Promise<ByteSource> {
  const path = join(tmpdir(), `model-cabinet-${randomUUID()}`)
  const remove = () => rmSync(path, { force: true })
  try {
    await pipeline(file.bytes(), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    const source = fileSource(path)
    // Where an open file may lose its name, nothing is left behind even when this process is killed.
    if (process.platform !== 'win32') remove()
    const close = () => {
      source.close()
      remove()
    }
    return { ...source, close }
  } catch (error) {
    remove()
    throw error
  }
}
