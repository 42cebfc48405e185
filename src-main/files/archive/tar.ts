import { type FileHandle, open } from 'node:fs/promises'
import { Header, type HeaderData } from 'tar/header'
import { Pax } from 'tar/pax'
import { type Archive, type ArchivedFile, createListing, isPassedOver, pathInside, type Rules } from './archive.ts'

const BLOCK = 512
/** Bytes of a name or a record about the next file. */
const LONGEST_RECORD = 1024 * 1024
/** Bytes that are read at once. */
const PIECE = 1024 * 1024

/** Whether a file that begins with these bytes is a tar archive: the checksum of its first header is right. */
export function isTar(head: Uint8Array): boolean {
  return head.length >= BLOCK && (decoded(Buffer.from(head.subarray(0, BLOCK)))?.cksumValid ?? false)
}

/** Undefined where a number in it is beyond all measure. */
function decoded(block: Buffer, about?: HeaderData): Header | undefined {
  try {
    return new Header(block, 0, about)
  } catch {
    return undefined
  }
}

/**
 * Opens a tar archive. Libraries that read tars stream them from end to end; only the headers are read here, so that a model is described
 * without its weights and each file is found where it lies.
 * @throws Problem `invalid` where it is damaged or hostile, `too-large` where it is past a limit; the system's own errors
 */
export async function openTar(path: string, rules: Rules, close = () => {}): Promise<Archive> {
  await using file = await open(path, 'r')
  return { files: await listFiles(file, path, rules), close }
}

async function listFiles(file: FileHandle, archive: string, rules: Rules): Promise<Archive['files']> {
  const { size: end } = await file.stat()
  const { files, refuse, add } = createListing(rules, end)
  let about: HeaderData | undefined
  let headers = 0
  for (let at = 0; at < end; ) {
    const header = await headerAt(at)
    if (header.nullBlock) break
    if (!header.cksumValid) throw refuse('is damaged: a tar header has a wrong checksum')
    // Folders and records are not files, but take time.
    if (++headers > rules.mostFiles * 4) throw refuse('contains too many entries')
    const { size = 0 } = header
    const start = at + BLOCK
    if (!Number.isSafeInteger(size) || start + size > end) throw refuse('declares more data than it contains')
    at = start + Math.ceil(size / BLOCK) * BLOCK
    const record = await recordOf(header, start, size)
    if (record) about = { ...about, ...record }
    else {
      take(header.type, about?.path ?? header.path ?? '', start, size)
      about = undefined
    }
  }
  return files

  async function headerAt(at: number): Promise<Header> {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(BLOCK), 0, BLOCK, at)
    if (bytesRead < BLOCK) throw refuse('is damaged: it ends in the middle of a tar header')
    const header = decoded(buffer, about)
    if (!header) throw refuse('is damaged: a tar header has an impossible number')
    return header
  }

  /** What a header says of the next file; undefined where it is that of a file. */
  async function recordOf({ type }: Header, start: number, size: number): Promise<HeaderData | undefined> {
    const text = async () => {
      if (size > LONGEST_RECORD) throw refuse('contains a name that is too long')
      return (await file.read(Buffer.alloc(size), 0, size, start)).buffer.toString('utf8')
    }
    switch (type) {
      case 'ExtendedHeader':
      case 'OldExtendedHeader': {
        const found = await text()
        if (found.includes('GNU.sparse.')) throw refuse('contains a sparse file, which is not supported')
        const { path, size: longSize } = Pax.parse(found)
        return { ...(path !== undefined && { path }), ...(longSize !== undefined && { size: longSize }) }
      }
      case 'NextFileHasLongPath':
      case 'OldGnuLongPath':
        return { path: (await text()).replace(/\0[\s\S]*/, '') }
      case 'GlobalExtendedHeader':
      case 'NextFileHasLongLinkpath':
        return {}
      default:
        return undefined
    }
  }

  function take(type: Header['type'], given: string, start: number, size: number): void {
    if (type === 'Directory') return
    const path = pathInside(given, refuse)
    if (isPassedOver(path)) return
    if (type === 'SymbolicLink' || type === 'Link')
      throw refuse(`contains a ${type === 'Link' ? 'hard' : 'symbolic'} link, “${path}”, and links are not followed`)
    if (type !== 'File' && type !== 'OldFile' && type !== 'ContiguousFile')
      throw refuse(`contains “${path}”, which is not a regular file (${type})`)
    if (path === '.') throw refuse('contains a file without a name')
    add(archivedFile(archive, path, start, size), size)
  }
}

function archivedFile(archive: string, path: string, start: number, size: number): ArchivedFile {
  return {
    path,
    size,
    storedAt: async () => ({ path: archive, start }),
    async *bytes() {
      await using file = await open(archive, 'r')
      for (let at = 0; at < size; ) {
        const length = Math.min(PIECE, size - at)
        const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, start + at)
        if (bytesRead === 0) throw new Error('The archive became shorter while it was being read.')
        yield buffer.subarray(0, bytesRead)
        at += bytesRead
      }
    },
  }
}
