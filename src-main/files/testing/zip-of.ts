import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

type Options = { compress?: boolean; mode?: number }

/** The bytes of a zip archive with these files. */
export async function zipOf(files: Readonly<Record<string, Uint8Array>>, options: Options = {}): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(Buffer.from(bytes), name, options)
  zip.end()
  return buffer(zip.outputStream)
}
