import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** SHA-256 of a file's bytes as 64 hexadecimal digits. */
export async function hashFile(path: string, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk)
  return hash.digest('hex')
}
