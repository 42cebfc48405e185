import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { hashFile } from './hash-file.ts'

/** What a system tells of a file without reading it. Two looks with one stamp saw the same bytes. */
export type FileLook = {
  /** Bytes. */
  size: number
  /** Milliseconds since 1970. */
  modifiedAt: number
  /** Size, times of writing and of any change, and the file's identity on its volume. */
  stamp: string
}

/**
 * Milliseconds after which a further write to a file gets another time. Systems count the time of files in steps of up to 10 ms: what is
 * hashed within the step of its last write could be written again unseen.
 */
const STEP = 25

/** Undefined where there is no regular file. Links are followed. */
export async function lookAt(path: string): Promise<FileLook | undefined> {
  const status = await stat(path, { bigint: true }).catch(() => undefined)
  return status?.isFile() ? lookOf(status) : undefined
}

function lookOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): FileLook {
  return {
    size: Number(size),
    modifiedAt: Number(mtimeNs / 1_000n) / 1_000,
    stamp: [size, mtimeNs, ctimeNs, ino].join(' '),
  }
}

/** The digest of a file and how it looked, which did not change between the first byte and the last. */
export async function hashSteadily(
  path: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<FileLook & { sha256: string }> {
  let status = await stat(path, { bigint: true })
  const age = Date.now() - Number((status.ctimeNs + 999_999n) / 1_000_000n)
  if (age < STEP) {
    await delay(STEP, undefined, signal ? { signal } : {})
    status = await stat(path, { bigint: true })
  }
  const before = lookOf(status)
  const sha256 = await hashFile(path, { signal, size: before.size })
  if ((await lookAt(path))?.stamp !== before.stamp) throw new Problem('invalid', 'It changed while it was being read.')
  return { ...before, sha256 }
}
