import type { Handler } from './processes/task.ts'

/**
 * What the reader process does: each entry joins a task (`defineTask`, its name and the shapes that cross the boundary)
 * with its function (`implement`). `args` are what the pool was given for its children.
 */
export function readerTasks(_args: readonly string[]): Handler[] {
  return []
}
