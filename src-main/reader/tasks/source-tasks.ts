import { z } from 'zod'
import { defineTask } from '../../processes/pool/task.ts'

// The files by which tools mark their folders are read in the reader process, which is killed where one takes too long.

/** Each by the file that it is read from; `download` is what the Hub's client notes of a file that it fetched. */
export const MarkKind = z.enum(['mlflow', 'git', 'genai', 'ultralytics', 'optimum', 'config', 'download'])
export type MarkKind = z.infer<typeof MarkKind>

const text = z.string().max(200).nullable().catch(null).default(null)

/** What such a file says of the models of its folder. `Roles` are by the name of the model's file. */
export const Mark = z.object({
  Name: text,
  Repository: text,
  Revision: text,
  Task: text,
  BaseModel: text,
  Roles: z.record(z.string(), z.string()).default({}),
})
export type Mark = z.infer<typeof Mark>

/** Reads one; null where it is not what its name says. */
export const readMarkTask = defineTask({
  name: 'read-mark',
  argument: z.object({ path: z.string(), kind: MarkKind }),
  result: Mark.nullable(),
})
