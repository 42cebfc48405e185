import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

/** Random access to a run of bytes. Reads are synchronous: a page cache answers faster than a promise resolves. */
export type ByteSource = {
  readonly size: number
  /**
   * The `length` bytes from `offset`, which must lie inside the source. The answer may be a view that the next read
   * overwrites.
   * @throws {SourceShrank} where the file lost bytes since it was opened
   */
  read(offset: number, length: number): Uint8Array
  /** Bytes read so far. */
  bytesRead(): number
  close(): void
}

/** The file became shorter while it was being read. */
export class SourceShrank extends Error {
  constructor() {
    super('The file became shorter while it was being read.')
  }
}

/** What was asked to be read is no ordinary file (a folder, a pipe, a device). */
export class NotAFile extends Error {
  constructor(path: string) {
    super(`${path} is not a file.`)
  }
}

/** A buffer that a closed source left for the next: allocating one per file costs more than reading a small model. */
let spareBuffer: Buffer = Buffer.alloc(0)
const largestSpare = 1024 * 1024

/**
 * A file on disk.
 * @throws {NotAFile} for anything that is no regular file, and Node's own error where it cannot be opened
 */
export function fileSource(path: string): ByteSource {
  // Without O_NONBLOCK opening a pipe that nobody writes to would hang.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  const status = fstatSync(descriptor)
  if (!status.isFile()) {
    closeSync(descriptor)
    throw new NotAFile(path)
  }
  let buffer = spareBuffer
  spareBuffer = Buffer.alloc(0)
  let total = 0
  return {
    size: status.size,
    read(offset, length) {
      if (length > buffer.length) buffer = Buffer.allocUnsafeSlow(length)
      let filled = 0
      while (filled < length) {
        const got = readSync(descriptor, buffer, filled, length - filled, offset + filled)
        if (got === 0) throw new SourceShrank()
        filled += got
      }
      total += length
      return length === buffer.length ? buffer : buffer.subarray(0, length)
    },
    bytesRead: () => total,
    close() {
      closeSync(descriptor)
      if (buffer.length > spareBuffer.length && buffer.length <= largestSpare) spareBuffer = buffer
      buffer = Buffer.alloc(0)
    },
  }
}

/** Bytes in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  let total = 0
  return {
    size: bytes.length,
    read(offset, length) {
      total += length
      return bytes.subarray(offset, offset + length)
    },
    bytesRead: () => total,
    close: () => {},
  }
}

/** The `size` bytes of another source from `start`, such as a stored entry of a zip. Closing it closes the other. */
export function sliceSource(source: ByteSource, start: number, size: number): ByteSource {
  return {
    size,
    read: (offset, length) => source.read(start + offset, length),
    bytesRead: () => source.bytesRead(),
    close: () => source.close(),
  }
}
