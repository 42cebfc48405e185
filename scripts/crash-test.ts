import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startsServe } from './crash/desk.ts'
import { runCopyFaults } from './crash/faults/copy-faults.ts'
import { type FaultName, runFaults } from './crash/faults/run-faults.ts'
import { faultKinds } from './crash/faults/shim.ts'
import type { Finding } from './crash/finding.ts'
import { operations } from './crash/operations.ts'
import { crashRounds } from './crash/rounds.ts'
import { ensureBuilt } from './ensure-built.ts'

// `npm run crash-test -- [--kills 100] [--seed N]`: kill -9 to any process in the middle of any operation; nothing acknowledged may be lost and nothing half be
// left. `npm run crash-test -- --faults [--only OPERATION] [--step 1]`: the same where the n-th call of the system fails or ends the program.

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    faults: { type: 'boolean' },
    only: { type: 'string' },
    step: { type: 'string', default: '1' },
  },
})
const root = resolve(import.meta.dirname, '..')
// The sources take three times as long to start.
await ensureBuilt(root, console.log)
const entry = join(root, 'out', 'main', 'serve.cjs')
const findings = values.faults ? await failCalls() : await kill()
for (const kind of ['lost', 'half', 'wrong'])
  console.log(`${kind}: ${findings.filter((one) => one.kind === kind).length}`)
process.exitCode = findings.length === 0 ? 0 : 1

async function kill(): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'crash-test-'))
  const seed = Number(values.seed)
  console.log(`seed ${seed}`)
  try {
    const options = { folder, kills: Number(values.kills), seed, start: startsServe({ entry }), say: console.log }
    const { kills, rounds, acknowledged, findings } = await crashRounds(options)
    for (const [what, count] of Object.entries(kills).sort()) console.log(`${what}: ${count} kills`)
    console.log(`${values.kills} kills in ${rounds} rounds, ${acknowledged} acknowledged`)
    return findings
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function failCalls(): Promise<Finding[]> {
  const isOperation = (name: string): name is FaultName => name === 'start' || Object.hasOwn(operations, name)
  const names = [...Object.keys(operations), 'start']
    .filter(isOperation)
    .filter((name) => values.only === undefined || name === values.only)
  const result = await runFaults({ entry, names, kinds: faultKinds, step: Number(values.step), say: console.log })
  if (typeof result === 'string') {
    console.log(result)
    return []
  }
  const copies = values.only
    ? undefined
    : await runCopyFaults({ kinds: faultKinds, step: Number(values.step), say: console.log })
  const tried = result.tried + (copies?.tried ?? 0)
  console.log(`${tried} calls failed, ${result.ended} ended the program, ${result.acknowledged} acknowledged`)
  return [...result.findings, ...(copies?.findings ?? [])]
}
