import Database from 'better-sqlite3'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { type Handler, implement } from '../../processes/pool/task.ts'
import { checkForeignDatabase } from '../../store/foreign-database.ts'
import { migrate } from '../../store/migrate.ts'
import { referencesIn, settleRestored } from '../../store/settle-restored.ts'
import { storeProblem } from '../../store/store-problem.ts'
import { checkBackupTask, settleBackupTask } from '../tasks/backup-tasks.ts'

export const backupHandlers: Handler[] = [
  implement(checkBackupTask, ({ path }) =>
    blamingIt(() => {
      checkForeignDatabase(path)
      return writing(path, (database) => {
        migrate(database, undefined, { keepsCopy: false })
        return referencesIn(database)
      })
    }),
  ),
  implement(settleBackupTask, ({ path, ...settlement }) =>
    blamingIt(() => {
      writing(path, (database) => settleRestored(database, settlement))
      return null
    }),
  ),
]

/** Whatever SQLite finds wrong with a database of somebody else's is the fault of the database, unless the disk is full. */
function blamingIt<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    const problem = storeProblem(error)
    if (problem instanceof Problem && problem.code === 'storage-full') throw problem
    if (problem instanceof Problem) throw new Problem('invalid', problem.message, { cause: error })
    if (!(error instanceof Database.SqliteError)) throw error
    throw new Problem('invalid', `The database is damaged: ${error.message}.`, { cause: error })
  }
}

function writing<Result>(path: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(path, { fileMustExist: true })
  try {
    database.pragma('trusted_schema = OFF')
    database.pragma('cell_size_check = ON')
    database.pragma('foreign_keys = ON')
    return work(database)
  } finally {
    database.close()
  }
}
