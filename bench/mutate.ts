import { readFileSync } from 'node:fs'
import { groupedNumber, shortBytes } from '../src-contract/words/human-number.ts'
import { addModel, convolutionModel, everythingModel } from '../src-main/onnx/testing/feature-models.ts'
import { buildModel } from '../src-main/onnx/testing/model-builder.ts'
import { mutate, seededRandom } from '../src-main/onnx/testing/mutate.ts'
import { survive } from '../src-main/onnx/testing/survive.ts'
import { sized } from './sized.ts'

const mutations = sized(100_000, 200)
/** One in so many is a damaged real model, which costs a hundred times a small one. */
const realOneIn = 20

/** Damages models in 100,000 ways and reads each: what became of them, the slowest, and memory at the beginning and the end. */
export async function run(): Promise<void> {
  const random = seededRandom(Number(process.env.SEED ?? 1))
  const small = [addModel, convolutionModel, everythingModel].map(buildModel)
  const real = ['legacy', 'v5', 'v6'].map((version) =>
    readFileSync(`node_modules/@ricky0123/vad-web/dist/silero_vad_${version}.onnx`),
  )
  const outcomes = new Map<string, number>()
  const memory: number[] = []
  let slowest = { milliseconds: 0, what: '' }
  for (let index = 0; index < mutations; index++) {
    const { bytes, what } = mutate(index % realOneIn === 0 ? real : small, random)
    const started = performance.now()
    const outcome = await survive(bytes).catch((error: unknown) => {
      throw new Error(`mutation ${index} (${what}) ended in another error`, { cause: error })
    })
    const milliseconds = performance.now() - started
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, what }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    if (index % (mutations / 10) === mutations / 10 - 1) memory.push(process.memoryUsage().rss)
  }
  for (const [outcome, count] of [...outcomes].sort((a, b) => b[1] - a[1]))
    process.stdout.write(`${outcome.padEnd(20)} ${groupedNumber(count)}\n`)
  process.stdout.write(
    `slowest ${slowest.milliseconds.toFixed(1)} ms (${slowest.what}); memory ${memory.map(shortBytes).join(', ')}\n`,
  )
}
