import { fileURLToPath } from 'node:url'
import { createPool } from '../pool/pool.ts'
import { createNodeSpawn } from '../spawn/spawn-node.ts'
import { tasks } from './tasks.ts'

// A parent whose children are busy in a loop; the test kills it and looks whether they go too.
const spawn = createNodeSpawn({ entryOf: () => fileURLToPath(new URL('./child.ts', import.meta.url)) })
const pool = createPool({ spawn, kind: 'reader', size: 2, spare: 1 })
const first = await pool.run(tasks.pid, null, { deadline: 10_000 })
const deadline = 60_000
pool.run(tasks.spin, null, { deadline }).catch(() => {})
await pool.run(tasks.waitForFile, { path: '/', label: 'started' }, { deadline })
process.send?.({ pids: pool.pids(), first })
