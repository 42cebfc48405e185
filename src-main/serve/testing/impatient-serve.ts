import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import { serve } from '../serve.ts'

// A `serve` that waits two seconds for a cabinet that hangs.
await serve({
  args: process.argv.slice(2),
  spawn: (args) => spawnNode('served-cabinet', args),
  heartbeat: { every: 10, missed: 200 },
})
