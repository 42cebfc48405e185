import { env } from 'onnxruntime-node'
import { watchParent } from './processes/parent-watch.ts'
import { preferToBeEnded } from './processes/prefer-to-be-ended.ts'
import { serveTasks } from './processes/serve-tasks.ts'
import { implement } from './processes/task.ts'
import { checkModel } from './runtime/child/check-model.ts'
import { checkTask } from './runtime/tasks.ts'

// The runtime process: models are opened and run here, where a crash or a kill harms nothing else.
const [memoryLimit] = process.argv.slice(2)
preferToBeEnded()
watchParent({ memoryLimit: Number(memoryLimit ?? 0) })
env.logLevel = 'fatal'
serveTasks([implement(checkTask, checkModel)])
