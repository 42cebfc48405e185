import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runFaults } from './crash/faults/run-faults.ts'
import { faultKinds } from './crash/faults/shim.ts'
import { type OperationName, operations } from './crash/operations.ts'
import { crashRounds } from './crash/rounds.ts'

// `npm run crash-test -- [--rounds 100] [--seed N]`: kill -9 to any process in the middle of any operation; nothing acknowledged may be lost and nothing half be
// left. `npm run crash-test -- --faults [--only OPERATION] [--step 1]`: the same where the n-th call of the system fails or ends the program.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    faults: { type: 'boolean' },
    only: { type: 'string' },
    step: { type: 'string', default: '1' },
  },
})
const problems = values.faults ? await failCalls() : await kill()
console.log(problems.length === 0 ? 'Nothing was lost, and nothing half was left.' : `${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

async function kill(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'crash-test-'))
  const seed = Number(values.seed)
  console.log(`seed ${seed}`)
  try {
    const result = await crashRounds({ folder, rounds: Number(values.rounds), seed, say: console.log })
    for (const [what, count] of Object.entries(result.rounds).sort()) console.log(`${what}: ${count} kills`)
    console.log(`${values.rounds} kills, ${result.acknowledged} acknowledged`)
    return result.problems
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function failCalls(): Promise<string[]> {
  const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name)
  const names = Object.keys(operations)
    .filter(isOperation)
    .filter((name) => values.only === undefined || name === values.only)
  const result = await runFaults({ names, kinds: faultKinds, step: Number(values.step), say: console.log })
  if (typeof result === 'string') {
    console.log(result)
    return []
  }
  console.log(`${result.tried} calls failed, ${result.ended} ended the program, ${result.acknowledged} acknowledged`)
  return result.problems
}
