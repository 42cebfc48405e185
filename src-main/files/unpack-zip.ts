import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { plural, shortBytes } from '../../src-contract/words/human-number.ts'
import { isZipBomb } from '../../src-contract/words/zip-bomb.ts'
import { readZipEntry } from './read-zip-entry.ts'
import { receiveFile } from './receive-file.ts'
import type { StagedFile } from './staged-file.ts'

/** A file out of an archive, with its path inside it (forward slashes). */
export type UnpackedFile = StagedFile & { archivePath: string }

const MAX_ENTRIES = 10_000

type Options = { directory: string; limit: number; signal?: AbortSignal }

/**
 * Unpacks every file of a zip archive into staged files, each hashed on the way. Paths in it are only told, never used. What Finder
 * adds (`__MACOSX/`, `.DS_Store`) is left out.
 * @param limit most bytes that all files together may have: an archive that unpacks to more is refused
 * @throws Problem `invalid` where it is damaged, encrypted or holds a path that leads outside; `too-large`; nothing is left behind then
 */
export async function unpackZip(path: string, { directory, limit, signal }: Options): Promise<UnpackedFile[]> {
  const unpacked: UnpackedFile[] = []
  let left = limit
  let packed = 0
  let declared = 0
  try {
    const archive = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true })
    try {
      if (archive.entryCount > MAX_ENTRIES)
        throw new Problem('invalid', `The archive contains more than ${MAX_ENTRIES} files.`)
      for await (const entry of archive.eachEntry()) {
        signal?.throwIfAborted()
        if (entry.fileName.endsWith('/') || isAddition(entry.fileName)) continue
        if (entry.fileName === '') throw new Problem('invalid', 'The archive contains a file without a name.')
        if (entry.isEncrypted())
          throw new Problem('invalid', `The file “${entry.fileName}” in the archive is encrypted.`)
        if (entry.uncompressedSize > left) throw tooLarge(limit)
        packed += entry.compressedSize
        declared += entry.uncompressedSize
        if (isZipBomb(packed, declared)) {
          const sentence = `The archive expands from ${shortBytes(packed)} to ${shortBytes(declared)}, which looks like a zip bomb.`
          throw new Problem('invalid', sentence)
        }
        const stream = await readZipEntry(archive, entry)
        const staged = await receiveFile(directory, checked(stream, entry), { limit: left, ...(signal && { signal }) })
        unpacked.push({ ...staged, archivePath: entry.fileName })
        left -= staged.size
      }
    } finally {
      archive.close()
    }
    return unpacked
  } catch (error) {
    await Promise.all(unpacked.map((file) => file.discard()))
    if (error instanceof Problem || signal?.aborted) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw new Problem('invalid', `The zip archive is damaged (${detail}).`, { cause: error })
  }
}

/** The chunks of an entry; the archive's own checksum is held against them at the end. */
async function* checked(stream: AsyncIterable<Buffer>, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  let sum = 0
  for await (const chunk of stream) {
    sum = crc32(chunk, sum)
    yield chunk
  }
  if (sum !== entry.crc32) throw new Error(`the checksum of ${entry.fileName} is wrong`)
}

function isAddition(name: string): boolean {
  return name.startsWith('__MACOSX/') || /(^|\/)(\.DS_Store|Thumbs\.db)$/.test(name)
}

function tooLarge(limit: number): Problem {
  return new Problem('too-large', `The archive expands to more than the limit of ${plural(limit, 'byte')}.`)
}
