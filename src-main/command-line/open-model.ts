import { randomUUID } from 'node:crypto'
import { createWriteStream, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, posix } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Archive, type ArchivedFile, isZip, openArchive } from '../files/archive.ts'
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
  isZipped: boolean
  close(): void
}

/** Unpacked entries up to this size stay in memory, larger ones go to a temporary file. */
const largestInMemory = 64 * 1024 * 1024

/**
 * Opens a model, or the one model in a zip, whatever the file is called.
 * @throws {UnreadableModel} or, of a zip, {Problem}, with a sentence for a person
 */
export async function openModel(path: string): Promise<OpenModel> {
  const fileName = basename(path)
  const source = openFile(path, fileName)
  try {
    if (!isZip(source.read(0, Math.min(4, source.size)))) {
      const externalFiles = filesNextToModel(path)
      return { source, fileName, externalFiles, isZipped: false, close: () => source.close() }
    }
  } catch (error) {
    source.close()
    throw error
  }
  source.close()
  return openZippedModel(path, fileName)
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

async function openZippedModel(path: string, zipName: string): Promise<OpenModel> {
  const archive = await openArchive(path, { name: zipName, mostFiles: 10_000 })
  try {
    const model = onlyModel(archive, zipName)
    const source = await openArchived(path, model)
    return {
      source,
      fileName: `${posix.basename(model.path)} in ${zipName}`,
      externalFiles: filesInZip(path, archive, model),
      isZipped: true,
      close() {
        source.close()
        archive.close()
      },
    }
  } catch (error) {
    archive.close()
    throw error
  }
}

function onlyModel({ files }: Archive, zipName: string): ArchivedFile {
  const all = [...files.values()]
  const models = all.filter(({ path }) => path.toLowerCase().endsWith('.onnx'))
  const [model] = models
  if (model === undefined) {
    const kind = all.some(({ path }) => path.endsWith('data.pkl')) ? 'PyTorch' : 'zip'
    const found = `it is a ${kind} archive without an .onnx file`
    throw new UnreadableModel('no-model-in-archive', `${zipName} is not an ONNX model: ${found}.`)
  }
  if (models.length > 1) {
    const names = models.slice(0, 3).map(({ path }) => path)
    const list = `${names.join(', ')}${models.length > names.length ? ' …' : ''}`
    throw new UnreadableModel(
      'archive',
      `${zipName} holds ${models.length} models (${list}) where exactly one is expected.`,
    )
  }
  return model
}

/** External files in the zip of a model; their paths start at the folder of the model in the zip. */
function filesInZip(zipPath: string, { files }: Archive, model: ArchivedFile): ExternalFiles {
  const fileAt = (location: string) => {
    const file = files.get(posix.join(posix.dirname(model.path), location))
    return file === model ? undefined : file
  }
  return {
    find(location, bytes) {
      const refusal = refusedLocation(location)
      if (refusal !== null) return refusal
      const file = fileAt(location)
      return file === undefined ? missing(location) : presentIfLongEnough(location, file.size, bytes)
    },
    async open(location) {
      const file = refusedLocation(location) === null ? fileAt(location) : undefined
      return file === undefined ? null : openArchived(zipPath, file)
    },
  }
}

/** The bytes of a file in a zip: in place where they are stored as they are, else unpacked. */
async function openArchived(zipPath: string, file: ArchivedFile): Promise<ByteSource> {
  const start = await file.storedAt()
  if (start !== null) return sliceSource(fileSource(zipPath), start, file.size)
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
