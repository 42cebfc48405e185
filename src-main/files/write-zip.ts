import { createReadStream, type ReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import yazl from 'yazl'

/** What goes into an archive at a path: bytes, or a file of so many bytes. */
export type ZipEntry = { path: string } & ({ bytes: Uint8Array } | { file: string; size: number })

/**
 * A zip archive that is written while it is read. Each entry is asked for when the one before it was read; where that throws, the archive
 * breaks off before its list of contents, so that nobody takes it for whole.
 */
export function writeZip(entries: AsyncIterable<ZipEntry>): Readable {
  const zip = new yazl.ZipFile()
  const output = zip.outputStream
  if (!(output instanceof Readable)) throw new Error('yazl gives another kind of stream.')
  let reading: ReadStream | undefined
  let isClosed = false
  const closed = Promise.withResolvers<void>()
  output.once('close', () => {
    isClosed = true
    reading?.destroy()
    closed.resolve()
  })
  const fail = (error: unknown) => void output.destroy(error instanceof Error ? error : new Error(String(error)))
  zip.on('error', fail)

  async function add(entry: ZipEntry): Promise<void> {
    if ('bytes' in entry) {
      zip.addBuffer(Buffer.from(entry.bytes), entry.path)
      return
    }
    const read = Promise.withResolvers<void>()
    zip.addReadStreamLazy(entry.path, { size: entry.size, compress: false }, (ready) => {
      reading = createReadStream(entry.file, { highWaterMark: 256 * 1024 })
      reading.once('close', read.resolve).once('error', read.reject)
      ready(null, reading)
    })
    await Promise.race([read.promise, closed.promise])
  }

  async function addAll(): Promise<void> {
    for await (const entry of entries) {
      await add(entry)
      if (isClosed) return
    }
    zip.end()
  }
  addAll().catch(fail)
  return output
}
