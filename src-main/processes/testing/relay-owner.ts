import { connectParent } from '../child/parent.ts'
import { createPool } from '../pool/pool.ts'
import { createRelaySpawn } from '../spawn/relay-spawn.ts'
import { tasks } from './tasks.ts'

// A process whose children are started by its parent: reports its one child's process id, then has it killed at a deadline.
const parent = connectParent()
const pool = createPool({ spawn: createRelaySpawn(parent), kind: 'reader', size: 1, spare: 0 })
const pid = await pool.run(tasks.pid, null, { deadline: 120_000 })
parent.post({ pid, pids: pool.pids() })
const failure = await pool.run(tasks.spin, null, { deadline: 50 }).catch((error: unknown) => error)
parent.post({
  failure: failure instanceof Error ? failure.message : '',
  next: await pool.run(tasks.pid, null, { deadline: 120_000 }),
})
