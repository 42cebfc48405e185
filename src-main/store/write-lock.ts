import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { orAborted } from '../../src-contract/util/or-aborted.ts'
import { LOCKED } from './store-problem.ts'

/** Milliseconds that SQLite itself waits, and with it everybody: enough for another program that is just about to end. */
export const SHORT_WAIT = 50
/** Milliseconds between two looks at whether another program has ended. */
const LOOK_EVERY = 20

/** Whether a change would have to wait for another program that writes to the same file. */
export type WriteLock = {
  isFree(): boolean
  /**
   * Waits until a change need not, while others have their turn.
   * @param limit milliseconds; as long as it takes where none is given
   * @throws Problem `unavailable` past the limit; the signal's reason
   */
  whenFree(options?: { signal?: AbortSignal | undefined; limit?: number }): Promise<void>
}

export function createWriteLock(database: Database.Database): WriteLock {
  let looking: Promise<void> | undefined

  function isFree(): boolean {
    if (!database.open || database.inTransaction) return true
    database.pragma('busy_timeout = 0')
    try {
      database.exec('BEGIN IMMEDIATE; ROLLBACK')
      return true
    } catch (error) {
      // Any other trouble is told by the change itself.
      return !(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
    } finally {
      database.pragma(`busy_timeout = ${SHORT_WAIT}`)
    }
  }

  /** One look for all who wait. */
  async function look(): Promise<void> {
    do await sleep(LOOK_EVERY)
    while (!isFree())
    looking = undefined
  }

  return {
    isFree,
    async whenFree({ signal, limit } = {}) {
      signal?.throwIfAborted()
      if (isFree()) return
      looking ??= look()
      const late = new AbortController()
      const tooLate = () => late.abort(new Problem('unavailable', LOCKED))
      const timer = limit === undefined ? undefined : setTimeout(tooLate, limit)
      try {
        await orAborted(looking, signal ? AbortSignal.any([signal, late.signal]) : late.signal)
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
