import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../../bench/data/random.ts'
import { type KindName, kinds } from './kinds/index.ts'
import { usedByTree } from './process-tree.ts'

/** `first`: number of the first call; each has chance of its own, so that one alone can be repeated. */
export type FuzzOptions = { kind: KindName; inputs: number; seed: number; first?: number }

export type FuzzResult = {
  inputs: number
  outcomes: Record<string, number>
  /** Milliseconds of the processor for one input, in this process and its children; and its number. */
  slowest: { milliseconds: number; number: number }
  /**
   * Bytes in memory at even distances, of this process and its children, with what is no longer needed cleared away where the process was started so that it can.
   */
  memory: number[]
}

const POINTS = 10

/** Milliseconds of the processor that no input may take. */
export const SLOWEST = 2_000

/**
 * Hands damaged inputs of one kind to the program, until there were enough or one of them is not read and not refused either.
 * @param begins told before each call
 */
export async function fuzz(options: FuzzOptions, begins: (number: number) => void = () => {}): Promise<FuzzResult> {
  const { kind, inputs, seed, first = 0 } = options
  const folder = await mkdtemp(join(tmpdir(), `fuzz-${kind}-`))
  const { isPure, open } = kinds[kind]
  const fuzzer = await open(folder)
  const result: FuzzResult = { inputs: 0, outcomes: {}, slowest: { milliseconds: 0, number: 0 }, memory: [] }
  const clock = isPure ? () => process.cpuUsage().user / 1000 : () => usedByTree().milliseconds
  const { atOnce = 1 } = fuzzer
  try {
    for (let number = first; result.inputs < inputs; number++) {
      begins(number)
      const attempt = async () => {
        const started = clock()
        const outcomes = await fuzzer.attempt(createRandom(seed + number * 7919))
        return { outcomes, milliseconds: (clock() - started) / atOnce }
      }
      const { outcomes, ...taken } = await attempt().catch((cause: unknown) => {
        throw new Error(`${kind} ${number} of seed ${seed} was not refused but ended in an error.`, { cause })
      })
      // One of the first also bears the start of the processes that all of them use: slow is what is slow twice.
      const { milliseconds } = taken.milliseconds > SLOWEST ? await attempt() : taken
      if (milliseconds > result.slowest.milliseconds) result.slowest = { milliseconds, number }
      for (const outcome of outcomes) result.outcomes[outcome] = (result.outcomes[outcome] ?? 0) + 1
      result.inputs += outcomes.length
      if (result.inputs >= ((result.memory.length + 1) * inputs) / POINTS) result.memory.push(memory())
    }
    return result
  } finally {
    await fuzzer.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function memory(): number {
  globalThis.gc?.()
  return usedByTree().bytes
}
