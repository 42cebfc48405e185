import { z } from 'zod'
import { defineTask } from '../processes/task.ts'

/** Opening a model to see whether it runs: the runtime's own words where it does not. */
export const checkTask = defineTask({
  name: 'check',
  argument: z.object({ path: z.string() }),
  result: z.object({
    /** Milliseconds. */
    loadTime: z.number().nullable(),
    failure: z.string().nullable(),
    version: z.string(),
  }),
})
