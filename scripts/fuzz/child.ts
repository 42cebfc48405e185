import { openSync, writeSync } from 'node:fs'
import { z } from 'zod'
import { type KindName, kinds } from './kinds/index.ts'
import { fuzz } from './run.ts'

// Fuzzes one kind in a process that its parent can end. The number under way is in a file: a process that crashes or hangs tells no more.

const isKind = (name: string): name is KindName => Object.hasOwn(kinds, name)
const Options = z.object({
  kind: z.string().refine(isKind),
  inputs: z.int(),
  seed: z.int(),
  first: z.int(),
  progress: z.string(),
})

const { progress, ...options } = Options.parse(JSON.parse(process.argv[2] ?? ''))
const file = openSync(progress, 'w')
const result = await fuzz(options, (number) => writeSync(file, String(number).padStart(12), 0)).catch(
  (error: Error) => {
    process.send?.({
      failure: `${error.message} ${error.cause instanceof Error ? error.cause.stack : String(error.cause)}`,
    })
  },
)
if (result) process.send?.({ result })
process.disconnect?.()
