import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { FieldInUse } from '../../../src-contract/contract/functions/field-in-use.ts'
import { OptionInUse } from '../../../src-contract/contract/functions/option.ts'
import { Source } from '../../../src-contract/contract/functions/source.ts'
import { Statistics } from '../../../src-contract/contract/functions/statistics.ts'
import { defineTask, type Handler, implement } from '../../processes/pool/task.ts'
import {
  readFields,
  readIntegrity,
  readOptions,
  readQuickCheck,
  readSources,
  readStatistics,
} from '../../store/repositories/statistics.ts'

export const statisticsTask = defineTask({
  name: 'statistics',
  argument: z.object({ monthAgo: z.string() }),
  result: Statistics,
})
export const optionsTask = defineTask({ name: 'options', argument: z.null(), result: z.array(OptionInUse) })
export const integrityTask = defineTask({ name: 'integrity', argument: z.null(), result: z.array(z.string()) })
export const quickCheckTask = defineTask({ name: 'quick-check', argument: z.null(), result: z.string().nullable() })
export const sourcesTask = defineTask({ name: 'sources', argument: z.null(), result: z.array(Source) })
export const fieldsTask = defineTask({ name: 'fields', argument: z.null(), result: z.array(FieldInUse) })

/** What the reader process answers about the cabinet as a whole. */
export function statisticsHandlers(database: () => Database): Handler[] {
  return [
    implement(statisticsTask, ({ monthAgo }) => readStatistics(database(), monthAgo)),
    implement(optionsTask, () => readOptions(database())),
    implement(integrityTask, () => readIntegrity(database())),
    implement(quickCheckTask, () => readQuickCheck(database())),
    implement(sourcesTask, () => readSources(database())),
    implement(fieldsTask, () => readFields(database())),
  ]
}
