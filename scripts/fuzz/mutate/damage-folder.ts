import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../../../bench/data/random.ts'
import { mutateBytes } from './bytes.ts'
import { changeRow, mutateDatabase } from './sqlite.ts'

const PAGE = 4096
const LOG_HEADER = 32
const FRAME = 24 + PAGE

/**
 * Does to a cabinet's database, or to its log, what disks, crashes and other programs do.
 * @returns whether to its log, whose end SQLite leaves out where it is damaged, as after a crash
 */
export function damageFolder(folder: string, random: Random): boolean {
  const database = join(folder, 'cabinet.db')
  const log = `${database}-wal`
  const isLog = existsSync(log) && random.chance(0.5)
  if (isLog) change(log, (bytes) => damagedLog(bytes, random))
  else if (random.chance(0.25)) changeRow(database, random)
  else change(database, (bytes) => damagedFile(bytes, random))
  return isLog
}

function change(path: string, how: (bytes: Buffer) => Uint8Array): void {
  writeFileSync(path, how(readFileSync(path)))
}

function damagedFile(bytes: Buffer, random: Random): Uint8Array {
  const form = random.below(4)
  if (form === 0) return zeroed(bytes, 0, PAGE, random)
  return form === 1 ? mutateBytes(bytes, bytes, random) : mutateDatabase(bytes, random)
}

function damagedLog(bytes: Buffer, random: Random): Uint8Array {
  const form = random.below(5)
  if (form === 0) return zeroed(bytes, LOG_HEADER, FRAME, random)
  // At the end of a frame, where a crash of the system cuts it, and anywhere.
  if (form === 1) return bytes.subarray(0, LOG_HEADER + random.below(bytes.length / FRAME) * FRAME)
  if (form === 2) return mutateBytes(bytes, bytes, random)
  const copy = Buffer.from(bytes)
  const start = form === 3 ? 0 : LOG_HEADER + random.below(bytes.length / FRAME) * FRAME
  copy[Math.min(start + random.below(LOG_HEADER), copy.length - 1)] = random.below(256)
  return copy
}

function zeroed(bytes: Buffer, start: number, size: number, random: Random): Buffer {
  const at = start + random.below((bytes.length - start) / size) * size
  return Buffer.from(bytes).fill(0, at, at + size)
}
