import type { Readable } from 'node:stream'
import { failureOfError } from './network-failure.ts'
import { isOnline } from './open-url.ts'

/** An answer in JSON; undefined where it is none, or is longer than `most` bytes. @throws NetworkFailure where it breaks off */
export async function readJson(body: Readable, { host }: URL, most: number): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      size += chunk.length
      if (size > most) return undefined
    }
  } catch (error) {
    throw failureOfError(error, host, isOnline())
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}
