import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { crashRounds } from './crash-rounds.ts'

// `npm run crash-test -- [--rounds 20] [--seed N]`: kill -9 in the middle of uploads, and nothing acknowledged may be lost.

const { values } = parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } })
const rounds = Number(values.rounds ?? 20)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const directory = await mkdtemp(join(tmpdir(), 'crash-test-'))
console.log(`seed ${seed}`)
try {
  const { acknowledged, kept, problems } = await crashRounds({ directory, rounds, seed, say: console.log })
  for (const problem of problems) console.log(problem)
  console.log(`${rounds} kills, ${acknowledged} acknowledged, ${kept} kept, ${problems.length} problems (seed ${seed})`)
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  await rm(directory, { recursive: true, force: true })
}
