import { crc32 } from 'node:zlib'

/** One file of a zip. */
export type StoredFile = { name: string; content: Uint8Array }

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const VERSION = 20
const UTF8_NAMES = 0x0800
/** 1980-01-01, the earliest date that a zip can hold: the same content gives the same bytes. */
const DATE = 0x21

/**
 * A zip of uncompressed files (APPNOTE 6.3, without the 64-bit extension, so below 4 GiB). yazl would do, but refuses names that
 * begin with a slash, as the names of many tensors do.
 */
export function storeZip(files: readonly StoredFile[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, content } of files) {
    const nameBytes = Buffer.from(name, 'utf8')
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(VERSION, 0)
    shared.writeUInt16LE(UTF8_NAMES, 2)
    shared.writeUInt16LE(DATE, 8)
    shared.writeUInt32LE(crc32(content), 10)
    shared.writeUInt32LE(content.length, 14)
    shared.writeUInt32LE(content.length, 18)
    shared.writeUInt16LE(nameBytes.length, 22)
    const attributes = Buffer.alloc(14)
    attributes.writeUInt32LE(offset, 10)
    const local = Buffer.concat([signature(LOCAL), shared, nameBytes])
    directory.push(signature(CENTRAL), Buffer.from([VERSION, 0]), shared, attributes, nameBytes)
    parts.push(local, content)
    offset += local.length + content.length
  }
  const directorySize = directory.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(directorySize, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, ...directory, signature(END), end])
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
