import type { Readable } from 'node:stream'
import type yauzl from 'yauzl'

/**
 * The bytes of an entry of a zip archive. The library tells of a damaged entry whenever it comes to it, also before anybody reads or
 * after somebody stopped: where nobody listens, that would end the process. Here whoever reads gets the error, then or later.
 */
export async function readZipEntry(archive: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  const stream = await archive.openReadStreamPromise(entry)
  stream.on('error', (error: Error) => stream.destroy(error))
  return stream
}
