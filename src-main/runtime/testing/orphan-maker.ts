import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import { createRuntime } from '../create-runtime.ts'

// A cabinet in whose runtime process a model runs for years, in native code; the test kills it and looks whether the process goes too.
const path = process.argv[2] ?? ''
const runtime = createRuntime({ spawn: spawnNode })
void runtime.benchmark(
  { path },
  { Runs: 1, Warmup: 1, Threads: 1, Dimensions: {} },
  {
    onProgress: () => {
      process.send?.({ pids: runtime.pids() })
    },
  },
)
