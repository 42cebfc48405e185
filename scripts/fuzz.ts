import { parseArgs } from 'node:util'
import { groupedNumber, shortBytes } from '../src-contract/words/human-number.ts'
import { type KindName, kinds } from './fuzz/kinds/index.ts'
import { SLOWEST } from './fuzz/run.ts'
import { fuzzApart } from './fuzz/run-apart.ts'

// `npm run fuzz -- [--rounds 1000000] [--seed N] [--only KIND] [--from NUMBER]`: damaged models, archives, exports, databases and backups are read or
// refused: none ends a process, takes long or makes memory grow. A failure is repeated by its kind, seed and number, with `--rounds 1`.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
})
const seed = Number(values.seed)
const names = Object.keys(kinds).filter((name): name is KindName => values.only === undefined || name === values.only)

/** How far the end of the memory's curve may lie above its middle. */
const GROWTH = 1.3
/** Failures of one kind after which it is given up. */
const MOST_FAILURES = 20

let failures = 0
console.log(`seed ${seed}`)
for (const name of names) {
  const { share } = kinds[name]
  const inputs = values.only === undefined ? Math.ceil(Number(values.rounds) * share) : Number(values.rounds)
  failures += await run(name, inputs)
}
console.log(failures === 0 ? 'Every input was read or refused.' : `${failures} failures (seed ${seed})`)
process.exitCode = failures === 0 ? 0 : 1

/** @returns the number of failures */
async function run(kind: KindName, inputs: number): Promise<number> {
  const begun = performance.now()
  let first = Number(values.from)
  for (let failed = 0; failed < MOST_FAILURES; failed++) {
    const apart = await fuzzApart({ kind, inputs, seed, first })
    if ('failure' in apart) {
      console.log(`FAILED ${kind} ${apart.number}: ${apart.failure}`)
      first = apart.number + 1
      continue
    }
    const { outcomes, slowest, memory } = apart.result
    const read = outcomes.read ?? 0
    const others = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${groupedNumber(count)}`)
    console.log(
      `${kind}: ${groupedNumber(apart.result.inputs)} inputs, ${groupedNumber(read)} read, the rest refused (${others.join(', ')}); ` +
        `slowest ${slowest.milliseconds.toFixed(0)} ms (${slowest.number}); memory ${memory.map(shortBytes).join(', ')}; ` +
        `${((performance.now() - begun) / 1000).toFixed(0)} s`,
    )
    const [middle = 0, last = 0] = [memory[Math.floor(memory.length / 2)], memory.at(-1)]
    const broken = [
      ...(slowest.milliseconds > SLOWEST ? [`${kind} ${slowest.number} took too long`] : []),
      ...(last > middle * GROWTH ? [`${kind}: the memory grows`] : []),
    ]
    for (const sentence of broken) console.log(`FAILED ${sentence}`)
    return failed + broken.length
  }
  return MOST_FAILURES
}
