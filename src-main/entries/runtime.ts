import { env } from 'onnxruntime-node'
import { makeForOwnerOnly } from '../files/owner-only.ts'
import { watchParent } from '../processes/child/parent-watch.ts'
import { preferToBeEnded } from '../processes/child/prefer-to-be-ended.ts'
import { serveTasks } from '../processes/pool/serve-tasks.ts'
import { implement } from '../processes/pool/task.ts'
import { benchmarkModel } from '../runtime/child/benchmark-model.ts'
import { checkModel } from '../runtime/child/check-model.ts'
import { passFloat16AsUint16 } from '../runtime/child/float16-as-uint16.ts'
import { runModel } from '../runtime/child/run-model.ts'
import { warmUp } from '../runtime/child/warm-up.ts'
import { benchmarkTask, checkTask, runTask } from '../runtime/tasks.ts'

// The runtime process: models are opened and run here, where a crash or a kill harms nothing else.
const [memoryLimit] = process.argv.slice(2)
makeForOwnerOnly()
preferToBeEnded()
watchParent({ memoryLimit: Number(memoryLimit ?? 0) })
env.logLevel = 'fatal'
passFloat16AsUint16()
const handlers = [
  implement(checkTask, checkModel),
  implement(runTask, runModel),
  implement(benchmarkTask, benchmarkModel),
]
void warmUp().then(() => serveTasks(handlers))
