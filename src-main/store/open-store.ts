import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { migrate } from './migrate.ts'
import { keepRowDigests } from './row-digests.ts'
import { readOr } from './salvage.ts'
import { openProblem, storeProblem } from './store-problem.ts'
import { createWriteLock, SHORT_WAIT, type WriteLock } from './write-lock.ts'

/** The SQLite file of a cabinet, opened for writing. One a data folder (see `lock.ts`). */
export type Store = {
  readonly database: Database.Database
  /** Path of the SQLite file, for read-only connections of the reader process. */
  readonly path: string
  /**
   * Runs one change in one transaction, all or nothing, durable when it returns. Nested calls join the outer one.
   * @throws Problem `storage-full` or `unavailable` in place of SQLite's own errors.
   */
  change<T>(work: () => T): T
  /** Another after each change of any row, by whomever; undefined where the file cannot be read. */
  contentVersion(): string | undefined
  /** Asked before a change, wherever one can wait: `change` itself waits in the thread that serves everybody, and not for long. */
  readonly writeLock: WriteLock
  /** Writes the log into the main file and closes it. */
  close(): void
}

/** Where the SQLite file of a data folder lies. */
export function databasePath(dataDirectory: string): string {
  return join(dataDirectory, 'cabinet.db')
}

/**
 * Opens, and where needed makes or upgrades, the SQLite file of a data folder.
 * @throws Problem `unavailable` when the file is damaged, from a newer program or cannot be written.
 */
export function openStore(dataDirectory: string): Store {
  mkdirSync(dataDirectory, { recursive: true })
  const path = databasePath(dataDirectory)
  const database = openDatabase(path)
  const requirePresent = createPresenceCheck(path)
  const version = database
    .prepare<[], string>("SELECT total_changes() || ' ' || data_version FROM pragma_data_version")
    .pluck()
  return {
    database,
    path,
    contentVersion: () =>
      readOr(
        () => version.get(),
        () => undefined,
      ),
    writeLock: createWriteLock(database),
    change(work) {
      if (database.inTransaction) return work()
      try {
        return database
          .transaction(() => {
            const result = work()
            requirePresent()
            return result
          })
          .immediate()
      } catch (error) {
        throw storeProblem(error)
      }
    },
    close() {
      if (!database.open) return
      try {
        database.pragma('wal_checkpoint(TRUNCATE)')
      } catch {
        // What is in the log is as safe there, and goes into the main file when the disk has room again.
      } finally {
        database.close()
      }
    },
  }
}

/**
 * Refuses a commit where the files that are open are no longer those in the folder: SQLite would go on writing into files that nobody finds again.
 */
function createPresenceCheck(path: string): () => void {
  const opened = fileAt(path)
  let log: string | undefined
  return () => {
    const logNow = fileAt(`${path}-wal`)
    log ??= logNow
    if (fileAt(path) === opened && logNow === log) return
    const sentence = `The cabinet's database at ${path} was deleted or replaced while it was open. Nothing was changed. Put it back, or restart Model Cabinet.`
    throw new Problem('unavailable', sentence)
  }
}

/** Which file is at a path, as text; undefined where there is none. */
function fileAt(path: string): string | undefined {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false })
  return status && `${status.dev} ${status.ino}`
}

function openDatabase(path: string): Database.Database {
  let database: Database.Database | undefined
  try {
    database = new Database(path)
    database.pragma('journal_mode = WAL')
    // Acknowledged means on disk: every commit waits for the disk.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('busy_timeout = 5000')
    database.pragma('trusted_schema = OFF')
    migrate(database)
    keepRowDigests(database)
    database.pragma(`busy_timeout = ${SHORT_WAIT}`)
    return database
  } catch (error) {
    database?.close()
    throw openProblem(error)
  }
}
