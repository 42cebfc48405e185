import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { makeFolder } from '../files/make-folder.ts'
import { closeToOthers } from '../files/owner-only.ts'
import { storeProblem } from './store-problem.ts'

/** A data folder that this process holds alone. */
export type DataDirectoryLock = { release(): void }

/** What is held until it is released: with a handle that nobody refers to, its lock would go at the next garbage collection. */
const locks = new Set<Database.Database>()

/**
 * Takes a data folder for this process. The lock is SQLite's own on `lock.db`, which the system frees however the process ends;
 * `lock.pid` only tells a person who holds it.
 * @throws Problem `unavailable` naming the other process' id.
 */
export function lockDataDirectory(dataDirectory: string): DataDirectoryLock {
  makeDirectory(dataDirectory)
  closeToOthers(dataDirectory)
  const pidFile = join(dataDirectory, 'lock.pid')
  let database: Database.Database | undefined
  try {
    database = takeLock(join(dataDirectory, 'lock.db'))
    writeFileSync(pidFile, `${process.pid}\n`)
  } catch (error) {
    database?.close()
    if (hasCode(error, 'SQLITE_BUSY')) throw held(dataDirectory, pidFile)
    throw storeProblem(error)
  }
  const taken = database
  locks.add(taken)
  return {
    release() {
      if (!locks.delete(taken)) return
      rmSync(pidFile, { force: true })
      taken.close()
    },
  }
}

/** The file says nothing; one that was damaged, which nobody can hold, is made anew. */
function takeLock(path: string): Database.Database {
  try {
    return exclusive(path)
  } catch (error) {
    if (!hasCode(error, 'SQLITE_NOTADB') && !hasCode(error, 'SQLITE_CORRUPT')) throw error
    rmSync(path)
    return exclusive(path)
  }
}

/** Milliseconds in which a process that was ended, or whose parent was, lets go of what it held (`watchParent`). */
const LET_GO = 2_000

function exclusive(path: string): Database.Database {
  const database = new Database(path, { timeout: LET_GO })
  try {
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith(code)
}

function makeDirectory(dataDirectory: string): void {
  try {
    makeFolder(dataDirectory)
  } catch (cause) {
    throw new Problem('unavailable', `The data folder ${dataDirectory} cannot be created or is not a folder.`, {
      cause,
    })
  }
}

function held(dataDirectory: string, pidFile: string): Problem {
  const pid = readPid(pidFile)
  const who = pid === null ? 'Another process' : `Process ${pid}`
  return new Problem(
    'unavailable',
    `${who} already has the cabinet in ${dataDirectory} open. Quit it first, or choose another folder.`,
  )
}

/** The process that last took the folder; null where that is not known. */
function readPid(pidFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
    return Number.isSafeInteger(pid) ? pid : null
  } catch {
    return null
  }
}
