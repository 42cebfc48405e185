import { z } from 'zod'
import { defineTask } from '../pool/task.ts'

/** What the test child does. */
export const tasks = {
  add: defineTask({ name: 'add', argument: z.object({ left: z.number(), right: z.number() }), result: z.number() }),
  refuse: defineTask({ name: 'refuse', argument: z.object({ field: z.string() }), result: z.null() }),
  throwError: defineTask({ name: 'throwError', argument: z.null(), result: z.null() }),
  misanswer: defineTask({ name: 'misanswer', argument: z.null(), result: z.string() }),
  /** Blocks its main thread until it is killed. */
  spin: defineTask({ name: 'spin', argument: z.null(), result: z.null() }),
  /** Waits until told to go on by the file's existence; says `waiting` before. */
  waitForFile: defineTask({
    name: 'waitForFile',
    argument: z.object({ path: z.string(), label: z.string() }),
    result: z.object({ label: z.string(), pid: z.number() }),
    progress: z.literal('waiting'),
  }),
  exit: defineTask({ name: 'exit', argument: z.object({ code: z.number() }), result: z.null() }),
  hoard: defineTask({ name: 'hoard', argument: z.null(), result: z.null() }),
  shout: defineTask({ name: 'shout', argument: z.object({ bytes: z.number() }), result: z.number() }),
  pid: defineTask({ name: 'pid', argument: z.null(), result: z.number() }),
  retire: defineTask({ name: 'retire', argument: z.null(), result: z.number() }),
  echo: defineTask({ name: 'echo', argument: z.unknown(), result: z.unknown() }),
  args: defineTask({ name: 'args', argument: z.null(), result: z.array(z.string()) }),
}
