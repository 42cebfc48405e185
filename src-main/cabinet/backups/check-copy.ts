import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { ChildFailure } from '../../processes/pool/child-failure.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import { checkBackupTask, settleBackupTask } from '../../reader/tasks/backup-tasks.ts'
import { refused } from './manifest.ts'

/** Milliseconds for each, and for each byte of the database: SQLite checks some 50 MB in a second. */
const DEADLINE = 2 * 60_000
const EACH_BYTE = 1 / 10_000

/** Looks through a database that came with a backup, in a process that is killed where that takes too long. */
export function createCopyCheck(readers: Pool, path: string, { size, signal }: { size: number; signal: AbortSignal }) {
  const options = { deadline: DEADLINE + size * EACH_BYTE, signal }
  async function asked<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work
    } catch (error) {
      if (error instanceof ChildFailure) {
        throw refused(
          'The database of the backup cannot be read: it needs more time or memory than any of ours.',
          error,
        )
      }
      if (error instanceof Problem && error.code === 'invalid') throw refused(error.message, error)
      throw error
    }
  }
  return {
    /** The files that it leaves where they are. @throws Problem `invalid` (field `Path`) */
    references: () => asked(readers.run(checkBackupTask, { path }, options)),
    settle: (settlement: { unreferenced: number[]; lost: string[]; isForeign: boolean }) =>
      asked(readers.run(settleBackupTask, { path, ...settlement }, options)),
  }
}
