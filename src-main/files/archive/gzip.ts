import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { diskProblem, errorCode } from '../disk-problem.ts'
import { LOOK_EVERY, refuseFullDisk } from '../receive-file.ts'
import { type Rules, refuseExpansion } from './archive.ts'

/** Whether a file that begins with these bytes is compressed with gzip. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/**
 * Unpacks a gzip file into a folder, for as long as it is needed.
 * @throws Problem where it is damaged, expands to too much or the disk is full; nothing is left behind then
 */
export async function gunzipFile(
  path: string,
  directory: string,
  rules: Rules,
  signal?: AbortSignal,
): Promise<{ path: string; remove(): void }> {
  const unpacked = join(directory, `${randomUUID()}.part`)
  const remove = () => rmSync(unpacked, { force: true })
  const { size: packed } = await stat(path)
  async function* checked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let size = 0
    let lookAt = 0
    for await (const chunk of chunks) {
      size += chunk.length
      refuseExpansion(rules, packed, size)
      if (size >= lookAt) {
        await refuseFullDisk(directory)
        lookAt = size + LOOK_EVERY
      }
      yield chunk
    }
  }
  try {
    const target = createWriteStream(unpacked, { flags: 'wx', mode: 0o600 })
    await pipeline(createReadStream(path), createGunzip(), checked, target, { signal })
    return { path: unpacked, remove }
  } catch (error) {
    remove()
    const code = errorCode(error)
    if (!code?.startsWith('Z_')) throw diskProblem(error)
    throw new Problem('invalid', `${rules.name} is damaged or is not a gzip file (${code}).`, { cause: error })
  }
}
