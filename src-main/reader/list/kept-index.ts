import { appendFileSync, closeSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { crc32 } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { type ListIndex, newListIndex } from './list-index.ts'

/** Raise it whenever what an index holds changes, or how text is folded and parted into words: a test watches. */
export const INDEX_EDITION = 8

/** An index is only taken back by the program that kept it: another Node may know other letters. */
const origin = Buffer.from(`list index ${INDEX_EDITION} ${process.version} ${process.arch}`.padEnd(60))
const CHANGE = origin.length
const SUM = CHANGE + 8
const HEADER = SUM + 4

/**
 * Keeps an index in a file, so that the next process need not read every function again. A file cut off or damaged later is
 * recognized, so nothing is forced to the disk.
 * @throws the file system's error; the file is then as it was
 */
export function keepIndex(index: ListIndex, path: string): void {
  const body = serialize(index)
  const header = Buffer.alloc(HEADER)
  origin.copy(header)
  header.writeDoubleLE(index.change, CHANGE)
  header.writeUInt32LE(crc32(body), SUM)
  const partial = `${path}.${process.pid}`
  try {
    writeFileSync(partial, header, { mode: 0o600 })
    appendFileSync(partial, body)
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** The last change that a kept index has; 0 where none is kept. */
export function keptChange(path: string): number {
  const header = Buffer.alloc(HEADER)
  try {
    const file = openSync(path, 'r')
    try {
      readSync(file, header, 0, HEADER, 0)
    } finally {
      closeSync(file)
    }
  } catch {
    return 0
  }
  return header.subarray(0, origin.length).equals(origin) ? header.readDoubleLE(CHANGE) : 0
}

/**
 * The index of a file, where it is an earlier state of this very database; null where there is none such.
 * @param database in a read transaction, or with no other writes meanwhile
 */
export function keptIndex(path: string, database: Database): ListIndex | null {
  try {
    const file = readFileSync(path)
    const body = file.subarray(HEADER)
    if (!file.subarray(0, origin.length).equals(origin)) return null
    if (file.readUInt32LE(SUM) !== crc32(body)) return null
    const index = newListIndex(0)
    Object.assign(index, deserialize(body))
    return isEarlierState(index, database) ? index : null
  } catch {
    // Whatever is wrong with it, the database has everything that is in it.
    return null
  }
}

/**
 * Whether each function that has not changed since was at its present change when the index was kept. A database that was put
 * back from a backup has functions whose change the index knows as another, or not at all.
 */
function isEarlierState(index: ListIndex, database: Database): boolean {
  const changedSince = new Set(
    database
      .prepare<[number], number>('SELECT function_id FROM list_change WHERE change > ?')
      .pluck()
      .all(index.change),
  )
  let count = 0
  let sum = 0
  for (let id = 0; id < index.changeOf.length; id++) {
    const change = index.changeOf.values[id] ?? 0
    if (change === 0 || changedSince.has(id)) continue
    count++
    sum += mixed(change, id)
  }
  const present = database
    .prepare<[number], { count: number; sum: number }>(
      `SELECT count(*) AS count, coalesce(sum((change % ${PRIME} + function_id * 7919) % ${PRIME}), 0) AS sum
       FROM list_change WHERE change <= ?`,
    )
    .get(index.change)
  return present?.count === count && present.sum === sum
}

const PRIME = 1_000_003
const mixed = (change: number, id: number) => ((change % PRIME) + id * 7919) % PRIME
