import { makeForOwnerOnly } from '../files/owner-only.ts'
import { warmUp } from '../onnx/report/warm-up.ts'
import { inIdleTime } from '../processes/child/in-idle-time.ts'
import { watchParent } from '../processes/child/parent-watch.ts'
import { serveTasks } from '../processes/pool/serve-tasks.ts'
import { isListReader, readerTasks } from '../reader/reader-tasks.ts'

// The reader process: long reads that are killed at their time limit.
const args = process.argv.slice(2)
// A list's index grows with the cabinet; what reads one model or archive needs far less than this.
makeForOwnerOnly()
watchParent({ memoryLimit: isListReader(args) ? 0 : 4 * 1024 ** 3 })
serveTasks(readerTasks(args))
// Not at once: whoever starts a cabinet waits for more urgent things.
if (!isListReader(args)) inIdleTime(warmUp(), { after: 1000, pause: 20 })
