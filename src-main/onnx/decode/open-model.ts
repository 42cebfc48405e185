import { randomUUID } from 'node:crypto'
import { createWriteStream, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, posix } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type ByteSource, fileSource, memorySource, NotAFile, sliceSource } from '../wire/byte-source.ts'
import { type ExternalFiles, filesInFolder, missing, presentIfLongEnough, refusedLocation } from './external-data.ts'
import { UnreadableModel } from './unreadable-model.ts'
import { damagedZip, openZip, type ZipArchive, type ZipEntry } from './zip-archive.ts'

/** A model that is open for reading: its bytes, what sentences call it, and the files that it refers to. */
export type OpenModel = {
  source: ByteSource
  fileName: string
  externalFiles: ExternalFiles
  close(): void
}

export type OpenOptions = {
  /** What sentences call the file; by default its name in its folder. */
  fileName?: string
  /** Where a plain model's external files are looked for; by default beside it. A zip always brings its own. */
  externalFiles?: ExternalFiles
}

/** Unpacked entries up to this size stay in memory, larger ones go to a temporary file. */
const largestInMemory = 64 * 1024 * 1024

/**
 * Opens a model, or the one model in a zip, whatever the file is called.
 * @throws {UnreadableModel} with a sentence for a person
 */
export async function openModel(path: string, options: OpenOptions = {}): Promise<OpenModel> {
  const fileName = options.fileName ?? basename(path)
  const source = openFile(path, fileName)
  try {
    if (!isZip(source)) {
      const externalFiles = options.externalFiles ?? filesInFolder(dirname(path))
      return { source, fileName, externalFiles, close: () => source.close() }
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

function isZip(source: ByteSource): boolean {
  if (source.size < 4) return false
  const [first, second, third] = source.read(0, 4)
  return first === 0x50 && second === 0x4b && (third === 3 || third === 5)
}

async function openZippedModel(path: string, zipName: string): Promise<OpenModel> {
  const archive = await openZip(path, zipName)
  try {
    const entry = onlyModel(archive, zipName)
    const source = await openEntry(path, entry).catch((error: unknown) => {
      throw damagedZip(error, zipName)
    })
    const close = () => {
      source.close()
      archive.close()
    }
    return {
      source,
      fileName: `${posix.basename(entry.path)} in ${zipName}`,
      externalFiles: filesInZip(path, archive, entry),
      close,
    }
  } catch (error) {
    archive.close()
    throw error
  }
}

function onlyModel({ entries }: ZipArchive, zipName: string): ZipEntry {
  const models = entries.filter(({ path }) => path.toLowerCase().endsWith('.onnx'))
  const [model] = models
  if (model === undefined) {
    const pickled = entries.some(({ path }) => path.endsWith('data.pkl'))
    const found = pickled
      ? 'it is a PyTorch archive without an .onnx file'
      : 'it is a zip archive without an .onnx file'
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
function filesInZip(path: string, { entries }: ZipArchive, model: ZipEntry): ExternalFiles {
  const entryOf = (location: string) => {
    const wanted = posix.normalize(posix.join(posix.dirname(model.path), location))
    return entries.find((entry) => entry.path === wanted && entry !== model)
  }
  return {
    find(location, bytes) {
      const refusal = refusedLocation(location)
      if (refusal !== null) return refusal
      const entry = entryOf(location)
      return entry === undefined ? missing(location) : presentIfLongEnough(location, entry.size, bytes)
    },
    async open(location) {
      const entry = refusedLocation(location) === null ? entryOf(location) : undefined
      return entry === undefined ? null : openEntry(path, entry)
    },
  }
}

/** The bytes of an entry: in place where they are stored as they are, else unpacked. */
async function openEntry(zipPath: string, entry: ZipEntry): Promise<ByteSource> {
  if (entry.isStored) {
    const start = await entry.start()
    return sliceSource(fileSource(zipPath), start, entry.size)
  }
  return entry.size <= largestInMemory ? unpackToMemory(entry) : unpackToFile(entry)
}

async function unpackToMemory(entry: ZipEntry): Promise<ByteSource> {
  const parts: Buffer[] = []
  for await (const part of await entry.stream()) parts.push(Buffer.from(part))
  return memorySource(Buffer.concat(parts))
}

async function unpackToFile(entry: ZipEntry): Promise<ByteSource> {
  const path = join(tmpdir(), `model-cabinet-${randomUUID()}`)
  const remove = () => rmSync(path, { force: true })
  try {
    await pipeline(await entry.stream(), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
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
