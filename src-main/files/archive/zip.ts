import { posix } from 'node:path'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { type Archive, type ArchivedFile, createListing, isPassedOver, type Rules } from './archive.ts'

const FILE_TYPE = 0o170000
const SYMBOLIC_LINK = 0o120000

/** Whether a file that begins with these bytes is a zip archive: a file's header, or the end record of an empty one (APPNOTE 4.3). */
export function isZip(head: Uint8Array): boolean {
  return ['PK\x03\x04', 'PK\x05\x06'].includes(Buffer.from(head.subarray(0, 4)).toString('latin1'))
}

/**
 * Opens a zip archive, given by its path or as its bytes, and checks what it declares of every file.
 * @throws Problem `invalid` where it is damaged, encrypted or hostile, `too-large` where it is past a limit; the system's own errors
 */
export async function openZip(source: string | Uint8Array, rules: Rules): Promise<Archive> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: !rules.holdsArrays }
  try {
    const zip = await (typeof source === 'string'
      ? openPromise(source, options)
      : fromBufferPromise(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options))
    try {
      return { files: await listFiles(zip, source, rules), close: () => zip.close() }
    } catch (error) {
      zip.close()
      throw error
    }
  } catch (error) {
    throw asProblem(error, rules)
  }
}

async function listFiles(zip: ZipFile, source: string | Uint8Array, rules: Rules): Promise<Archive['files']> {
  const { files, refuse, refuseCount, add } = createListing(rules, zip.fileSize)
  const { holdsArrays = false } = rules
  refuseCount(zip.entryCount)
  for await (const entry of zip.eachEntry()) {
    if (entry.fileNameLength === 0) throw refuse('contains a file without a name')
    // The library turns backslashes into slashes and refuses what leads outside.
    const path = holdsArrays ? entry.fileNameRaw.toString('utf8') : posix.normalize(entry.fileName)
    if (!holdsArrays && isPassedOver(path)) continue
    if (entry.isEncrypted()) throw refuse(`contains an encrypted file, “${path}”`)
    if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK)
      throw refuse(`contains a symbolic link, “${path}”, and links are not followed`)
    add(archivedFile(zip, entry, path, source, rules), entry.compressedSize)
  }
  return files
}

function archivedFile(
  zip: ZipFile,
  entry: Entry,
  path: string,
  source: string | Uint8Array,
  rules: Rules,
): ArchivedFile {
  return {
    path,
    size: entry.uncompressedSize,
    async storedAt() {
      if (entry.compressionMethod !== 0 || typeof source !== 'string') return null
      try {
        const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
        return { path: source, start: fileDataStart }
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
