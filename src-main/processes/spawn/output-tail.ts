import type { Readable } from 'node:stream'

const KEPT = 8 * 1024
const READ_LIMIT = 1024 * 1024

/** Keeps the last 8 KiB of a stream; past 1 MiB it stops reading, so that a flood costs us nothing more. */
export function createOutputTail(stream: Readable | null): { text(): string } {
  let tail = Buffer.alloc(0)
  let total = 0
  stream?.on('data', (chunk: Buffer) => {
    total += chunk.length
    tail = Buffer.concat([tail, chunk]).subarray(-KEPT)
    if (total > READ_LIMIT) stream.destroy()
  })
  stream?.on('error', () => {})
  return { text: () => tail.toString('utf8') }
}
