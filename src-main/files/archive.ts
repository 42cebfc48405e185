import { posix } from 'node:path'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { groupedNumber, plural, shortBytes } from '../../src-contract/words/human-number.ts'

/** A file in a zip archive. */
export type ArchivedFile = {
  /** Its path in the archive, with forward slashes, which never leads outside. */
  path: string
  size: number
  /** Where its bytes begin in the archive's own file; null where they are compressed. */
  storedAt(): Promise<number | null>
  /** Its bytes, uncompressed; ends with a Problem where they are not those that the archive declares. */
  bytes(): AsyncGenerator<Buffer>
}

/** An open zip archive: its files by path, without folders and what macOS and Windows add. */
export type Archive = { files: ReadonlyMap<string, ArchivedFile>; close(): void }

type Rules = {
  /** What sentences call it: “The archive”, or the name of its file. */
  name: string
  mostFiles: number
  /** Most bytes that all its files may have together; by default any number. */
  mostBytes?: number
  /** Whether it holds arrays: the names are keys and never paths, and equal values may take next to no space. */
  holdsArrays?: boolean
}

/** Zeros compress about 1,000 to 1, weights hardly at all; up to `smallestBomb` bytes do no harm. */
const LARGEST_RATIO = 200
const SMALLEST_BOMB = 64 * 1024 * 1024

const FILE_TYPE = 0o170000
const SYMBOLIC_LINK = 0o120000
const ADDED_BY_SYSTEMS = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$)/

/** Whether a file that begins with these bytes is a zip archive: a file's header, or the end record of an empty one (APPNOTE 4.3). */
export function isZip(head: Uint8Array): boolean {
  return ['PK\x03\x04', 'PK\x05\x06'].includes(Buffer.from(head.subarray(0, 4)).toString('latin1'))
}

/**
 * Opens a zip archive, given by its path or as its bytes, and checks what it declares of every file.
 * @throws Problem `invalid` where it is damaged, encrypted or hostile, `too-large` where it is past a limit; the system's own errors
 */
export async function openArchive(source: string | Uint8Array, rules: Rules): Promise<Archive> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: !rules.holdsArrays }
  try {
    const zip = await (typeof source === 'string'
      ? openPromise(source, options)
      : fromBufferPromise(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options))
    try {
      return { files: await listFiles(zip, rules), close: () => zip.close() }
    } catch (error) {
      zip.close()
      throw error
    }
  } catch (error) {
    throw asProblem(error, rules)
  }
}

async function listFiles(zip: ZipFile, rules: Rules): Promise<Map<string, ArchivedFile>> {
  const { name, mostFiles, mostBytes = Number.POSITIVE_INFINITY, holdsArrays = false } = rules
  const refuse = (found: string) => new Problem('invalid', `${name} ${found}.`)
  if (zip.entryCount > mostFiles) {
    const found = `${name} contains ${groupedNumber(zip.entryCount)} files`
    throw new Problem('too-large', `${found}, more than the limit of ${groupedNumber(mostFiles)}.`)
  }
  const files = new Map<string, ArchivedFile>()
  let packed = 0
  let unpacked = 0
  for await (const entry of zip.eachEntry()) {
    if (entry.fileNameLength === 0) throw refuse('contains a file without a name')
    const path = holdsArrays ? entry.fileNameRaw.toString('utf8') : posix.normalize(entry.fileName)
    if (!holdsArrays && (path.endsWith('/') || ADDED_BY_SYSTEMS.test(path))) continue
    if (entry.isEncrypted()) throw refuse(`contains an encrypted file, “${path}”`)
    if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK)
      throw refuse(`contains a symbolic link, “${path}”, and links are not followed`)
    if (files.has(path)) throw refuse(`contains “${path}” more than once`)
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    if (packed > zip.fileSize) throw refuse('declares more data than it contains')
    if (unpacked > mostBytes)
      throw new Problem('too-large', `${name} expands to more than the limit of ${plural(mostBytes, 'byte')}.`)
    if (!holdsArrays && unpacked > SMALLEST_BOMB && unpacked > packed * LARGEST_RATIO)
      throw refuse(`expands from ${shortBytes(packed)} to ${shortBytes(unpacked)}, which looks like a zip bomb`)
    files.set(path, archivedFile(zip, entry, path, rules))
  }
  return files
}

function archivedFile(zip: ZipFile, entry: Entry, path: string, rules: Rules): ArchivedFile {
  return {
    path,
    size: entry.uncompressedSize,
    async storedAt() {
      if (entry.compressionMethod !== 0) return null
      try {
        return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart
      } catch (error) {
        throw asProblem(error, rules)
      }
    },
    async *bytes() {
      if (!entry.canDecodeFileData()) {
        const method = `compression method ${entry.compressionMethod}`
        throw new Problem('invalid', `${rules.name} contains “${path}” in an unsupported form (${method}).`)
      }
      try {
        let sum = 0
        for await (const chunk of await zip.openReadStreamPromise(entry)) {
          sum = crc32(chunk, sum)
          yield chunk
        }
        if (sum !== entry.crc32) throw new Error(`the checksum of ${path} is wrong`)
      } catch (error) {
        throw asProblem(error, rules)
      }
    },
  }
}

/** What the zip library found wrong, as a Problem; what the system could not do stays as it is. */
function asProblem(error: unknown, { name }: Rules): unknown {
  if (error instanceof Problem || !(error instanceof Error) || 'syscall' in error) return error
  const reason = error.message.replace(/\.$/, '')
  return new Problem('invalid', `${name} is damaged or is not a zip archive (${reason}).`, { cause: error })
}
