import type { Database } from 'better-sqlite3'
import { type Handler, implement } from '../processes/pool/task.ts'
import { openReadOnly } from '../store/open-read-only.ts'
import {
  readFields,
  readIntegrity,
  readOptions,
  readQuickCheck,
  readSources,
  readStatistics,
} from '../store/repositories/statistics.ts'
import { alteredRows } from '../store/row-digests.ts'
import { storeProblem } from '../store/store-problem.ts'
import { backupHandlers } from './handlers/backup-handlers.ts'
import { cardHandlers } from './handlers/card-handlers.ts'
import { exportHandlers } from './handlers/export-handlers.ts'
import { listHandlers } from './handlers/list-handlers.ts'
import { modelHandlers } from './handlers/model-handlers.ts'
import { sourceHandlers } from './handlers/source-handlers.ts'
import {
  alteredRowsTask,
  fieldsTask,
  integrityTask,
  optionsTask,
  quickCheckTask,
  sourcesTask,
  statisticsTask,
} from './tasks/list-tasks.ts'

/**
 * What the reader process does: each entry joins a task (`defineTask`, its name and the shapes that cross the boundary)
 * with its function (`implement`). `args` are what the pool was given for its children: the path of the SQLite file and,
 * for the processes that answer lists and nothing else, `list`.
 */
export function readerTasks(args: readonly string[]): Handler[] {
  const [path = ''] = args
  if (isListReader(args)) return listHandlers(path).map(inSentences)
  let database: Database | undefined
  const opened = () => {
    database ??= openReadOnly(path)
    return database
  }
  return [
    ...modelHandlers,
    ...cardHandlers,
    ...sourceHandlers,
    ...exportHandlers,
    ...backupHandlers,
    ...statisticsHandlers(opened),
  ].map(inSentences)
}

/** What SQLite finds wrong is told as elsewhere. */
function inSentences({ name, handle }: Handler): Handler {
  return {
    name,
    async handle(...given) {
      try {
        return await handle(...given)
      } catch (error) {
        throw storeProblem(error)
      }
    },
  }
}

/** Whether a reader process with these arguments answers lists and nothing else. */
export function isListReader(args: readonly string[]): boolean {
  return args[1] === 'list'
}

/** What the reader process answers about the cabinet as a whole. */
function statisticsHandlers(database: () => Database): Handler[] {
  function ofDatabase<Result>(path: string | null, read: (database: Database) => Result): Result {
    if (path === null) return read(database())
    const copy = openReadOnly(path)
    try {
      return read(copy)
    } finally {
      copy.close()
    }
  }
  return [
    implement(statisticsTask, ({ monthAgo }) => readStatistics(database(), monthAgo)),
    implement(optionsTask, () => readOptions(database())),
    implement(alteredRowsTask, (path) => ofDatabase(path, alteredRows)),
    implement(integrityTask, (path) => ofDatabase(path, readIntegrity)),
    implement(quickCheckTask, () => readQuickCheck(database())),
    implement(sourcesTask, () => readSources(database())),
    implement(fieldsTask, () => readFields(database())),
  ]
}
