import { watchParent } from './processes/parent-watch.ts'
import { serveTasks } from './processes/serve-tasks.ts'
import { readerTasks } from './reader-tasks.ts'

// The reader process: long reads that are killed at their time limit.
watchParent()
serveTasks(readerTasks(process.argv.slice(2)))
