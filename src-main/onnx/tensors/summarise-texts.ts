import { createHash } from 'node:crypto'
import type { TensorSummary } from '../../../src-contract/contract/models/tensor.ts'

/** Different texts that are told apart; more are “at least so many”. */
const MOST_DISTINCT = 200_000
/** Bytes of a text that are shown. */
const LONGEST_SHOWN = 256

/**
 * What the texts of a tensor are like, from pieces of which each text begins with its length in 4 bytes. Takes constant memory
 * however long the texts are.
 */
export function summariseTexts(
  pieces: Iterable<Uint8Array>,
  most: number,
): { found: number } & Pick<TensorSummary, 'Distinct' | 'Values'> {
  const seen = new Set<string>()
  const values: string[] = []
  let found = 0
  let exact = true
  let header = Buffer.alloc(0)
  let left = 0
  let hash = createHash('sha256')
  let shown: Buffer[] = []
  let shownBytes = 0
  const end = () => {
    found += 1
    const digest = hash.digest('base64')
    if (seen.size < MOST_DISTINCT) seen.add(digest)
    else if (!seen.has(digest)) exact = false
    if (values.length < most) values.push(textOf(shown, shownBytes))
    hash = createHash('sha256')
    shown = []
    shownBytes = 0
  }
  for (const piece of pieces) {
    let at = 0
    while (at < piece.length) {
      if (left === 0) {
        const taken = Math.min(4 - header.length, piece.length - at)
        header = Buffer.concat([header, piece.subarray(at, at + taken)])
        at += taken
        if (header.length < 4) continue
        left = header.readUInt32LE()
        header = Buffer.alloc(0)
        if (left === 0) end()
        continue
      }
      const part = piece.subarray(at, at + left)
      hash.update(part)
      if (values.length < most && shownBytes <= LONGEST_SHOWN) {
        const kept = Buffer.from(part.subarray(0, LONGEST_SHOWN + 1 - shownBytes))
        shown.push(kept)
        shownBytes += kept.length
      }
      at += part.length
      left -= part.length
      if (left === 0) end()
    }
  }
  return { found, Distinct: { Count: seen.size, Exact: exact }, Values: values }
}

const textOf = (parts: readonly Buffer[], bytes: number): string => {
  const text = Buffer.concat(parts).toString('utf8')
  return bytes > LONGEST_SHOWN ? `${text.slice(0, -1)}…` : text
}
