import { z } from 'zod'
import { defineTask } from '../../processes/pool/task.ts'

const Reference = z.object({ id: z.int(), sha256: z.string(), size: z.int(), path: z.string() })

/**
 * Checks a copy of a database that somebody else may have made to do harm, and brings it to this program's version. What it answers are the files
 * that it leaves where they are.
 */
export const checkBackupTask = defineTask({
  name: 'check-backup',
  argument: z.object({ path: z.string() }),
  result: z.array(Reference),
})

/** Makes such a copy tell of this machine and of now; see `Settlement`. */
export const settleBackupTask = defineTask({
  name: 'settle-backup',
  argument: z.object({
    path: z.string(),
    unreferenced: z.array(z.int()),
    lost: z.array(z.string()),
    isForeign: z.boolean(),
  }),
  result: z.null(),
})
