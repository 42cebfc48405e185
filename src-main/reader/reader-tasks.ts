import type { Database } from 'better-sqlite3'
import type { Handler } from '../processes/pool/task.ts'
import { openReadOnly } from '../store/open-read-only.ts'
import { digestHandler } from './tasks/digest-task.ts'
import { graphHandler } from './tasks/graph-task.ts'
import { inspectHandler } from './tasks/inspect-task.ts'
import { listHandlers } from './tasks/listing-tasks.ts'
import { statisticsHandlers } from './tasks/statistics-tasks.ts'
import { tensorHandler } from './tasks/tensor-task.ts'

/**
 * What the reader process does: each entry joins a task (`defineTask`, its name and the shapes that cross the boundary)
 * with its function (`implement`). `args` are what the pool was given for its children: the path of the SQLite file and,
 * for the processes that answer lists and nothing else, `list`.
 */
export function readerTasks(args: readonly string[]): Handler[] {
  const [path = ''] = args
  if (isListReader(args)) return listHandlers(path)
  let database: Database | undefined
  const opened = () => {
    database ??= openReadOnly(path)
    return database
  }
  return [inspectHandler, digestHandler, graphHandler, tensorHandler, ...statisticsHandlers(opened)]
}

/** Whether a reader process with these arguments answers lists and nothing else. */
export function isListReader(args: readonly string[]): boolean {
  return args[1] === 'list'
}
