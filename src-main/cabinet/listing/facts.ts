import type { z } from 'zod'
import type { TimeLimit } from '../../../src-contract/operations/operation.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import type { Task } from '../../processes/pool/task.ts'
import { fieldsTask, optionsTask, sourcesTask, statisticsTask } from '../../reader/tasks/list-tasks.ts'
import type { Context } from '../kernel/context.ts'

const MONTH = 30 * 24 * 60 * 60 * 1000

/** What is counted and collected over all live functions, in a reader process. */
export function createFacts(readers: Pool, timeLimit: TimeLimit) {
  const read = <Argument extends z.ZodType, Result extends z.ZodType>(
    { limit }: { limit: number },
    task: Task<Argument, Result>,
    argument: z.input<Argument>,
    { signal }: Context,
  ) => readers.run(task, argument, { deadline: timeLimit(limit), signal })

  return {
    statistics: (context: Context) =>
      read(operations.getStatistics, statisticsTask, { monthAgo: new Date(Date.now() - MONTH).toISOString() }, context),
    /** The options of the name convention, with how many functions use each (operation 16). */
    options: (context: Context) => read(operations.listOptions, optionsTask, null, context),
    /** Every source name and address in use, by name (operation 17). */
    sources: (context: Context) => read(operations.listSources, sourcesTask, null, context),
    /** The names of custom fields in use, by name. */
    fields: (context: Context) => read(operations.listFields, fieldsTask, null, context),
  }
}

export type Facts = ReturnType<typeof createFacts>
