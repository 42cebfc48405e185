import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { shortBytes } from '../../../src-contract/words/human-number.ts'
import { isZipBomb } from '../../../src-contract/words/zip-bomb.ts'
import { UnreadableModel } from './unreadable-model.ts'

/** A file in a zip. */
export type ZipEntry = {
  /** Its path in the zip, with forward slashes. */
  path: string
  size: number
  compressedSize: number
  /** Whether its bytes lie in the zip as they are. */
  isStored: boolean
  /** Where its bytes begin in the zip's file. */
  start(): Promise<number>
  /** Its bytes, unpacked; the stream fails when there are more or fewer of them than declared. */
  stream(): Promise<Readable>
}

/** An open zip and the files in it, without folders and what macOS adds. */
export type ZipArchive = { entries: ZipEntry[]; close(): void }

const mostEntries = 10_000
const fileTypeMask = 0o170000
const symbolicLink = 0o120000
const storedMethod = 0

/**
 * Opens a zip and checks every entry's name and size.
 * @throws {UnreadableModel} for a damaged, encrypted or hostile archive
 */
export async function openZip(path: string, fileName: string): Promise<ZipArchive> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw damagedZip(error, fileName)
  })
  try {
    return { entries: await listEntries(zip, fileName), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error instanceof UnreadableModel ? error : damagedZip(error, fileName)
  }
}

/** The problem of a zip that cannot be read, with the reason that the zip library gives. */
export function damagedZip(error: unknown, fileName: string): UnreadableModel {
  if (error instanceof Error && 'syscall' in error) throw error
  const reason = error instanceof Error ? error.message.replace(/\.$/, '') : 'unknown reason'
  return new UnreadableModel('archive', `${fileName} is a zip archive that cannot be read: ${reason}.`)
}

async function listEntries(zip: ZipFile, fileName: string): Promise<ZipEntry[]> {
  const refuse = (sentence: string) => new UnreadableModel('archive', `${fileName} ${sentence}.`)
  if (zip.entryCount > mostEntries)
    throw refuse(`holds ${zip.entryCount} files, more than the ${mostEntries} that are read`)
  const files: ZipEntry[] = []
  const paths = new Set<string>()
  let packed = 0
  let unpacked = 0
  for await (const entry of zip.eachEntry()) {
    const path = posix.normalize(entry.fileName)
    if (path.endsWith('/') || /(^|\/)(__MACOSX\/|\._)/.test(path)) continue
    const kind = (entry.externalFileAttributes >>> 16) & fileTypeMask
    if (kind === symbolicLink) throw refuse(`holds a symbolic link, ${path}, which is not followed`)
    if (entry.isEncrypted()) throw refuse('is encrypted')
    if (paths.has(path)) throw refuse(`holds ${path} more than once`)
    paths.add(path)
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    if (isZipBomb(packed, unpacked)) {
      throw refuse(`would expand from ${shortBytes(packed)} to ${shortBytes(unpacked)}, which looks like a zip bomb`)
    }
    files.push(fileEntry(zip, entry, path))
  }
  return files
}

function fileEntry(zip: ZipFile, entry: Entry, path: string): ZipEntry {
  return {
    path,
    size: entry.uncompressedSize,
    compressedSize: entry.compressedSize,
    isStored: entry.compressionMethod === storedMethod && entry.compressedSize === entry.uncompressedSize,
    start: async () => {
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
      if (fileDataStart + entry.compressedSize > zip.fileSize)
        throw new Error(`${path} reaches past the end of the archive`)
      return fileDataStart
    },
    stream: async () => {
      const stream = await zip.openReadStreamPromise(entry)
      // A damaged entry is told whenever the library comes to it, also while nobody listens: then it waits for the reader.
      stream.on('error', (error: Error) => stream.destroy(error))
      return stream
    },
  }
}
