import { closeSync, openSync, readSync } from 'node:fs'
import { sniff, sniffLength } from './sniff.ts'

/**
 * What lies in the place of a data file instead of weights, as the rest of a sentence about it, by its first bytes: a Git LFS
 * pointer, a web page or, where it is too short anyway, another kind of file. Null for weights.
 */
export function notWeights(path: string, isTooShort: boolean): string | null {
  const kind = /^it (is .*|looks .*)/.exec(sniff(headOf(path)) ?? '')?.[1] ?? null
  return kind !== null && (isTooShort || /^is a (Git LFS pointer|web page)/.test(kind)) ? kind : null
}

/** The first bytes; none where the file cannot be read, which is for others to say. */
function headOf(path: string): Uint8Array {
  const head = Buffer.alloc(sniffLength)
  try {
    const descriptor = openSync(path, 'r')
    try {
      return head.subarray(0, readSync(descriptor, head, 0, head.length, 0))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return head.subarray(0, 0)
  }
}
