import { z } from 'zod'
import { Dimensions, RunInput } from './run.ts'

/**
 * The body of `POST /function/{uuid}/benchmark`. Where neither inputs nor dimensions are told, those are taken that the model
 * is likely to run on, until one does; the result says with which sizes.
 */
export const BenchmarkRequest = z
  .strictObject({
    Runs: z.int().min(1).max(100_000).default(50).meta({ description: 'Runs that are measured' }),
    Warmup: z.int().min(0).max(10_000).default(5).meta({ description: 'Runs before those' }),
    Threads: z.int().min(0).max(1_024).default(0).meta({ description: '0 for as many as the machine has cores' }),
    Dimensions: Dimensions.default({}),
    Inputs: z
      .record(z.string(), RunInput)
      .optional()
      .meta({ description: 'As for a run, the same in every run; those that are left out are random with seed 0' }),
  })
  .meta({ id: 'BenchmarkRequest' })
export type BenchmarkRequest = z.infer<typeof BenchmarkRequest>

/** The machine that something was measured on. Memory in bytes. */
export const Machine = z.strictObject({
  Cpu: z.string(),
  Cores: z.int(),
  Memory: z.number(),
  System: z.string(),
})
export type Machine = z.infer<typeof Machine>

/** Whether an input was measured with values that were given, or with some of its shape. */
export const InputSource = z.enum(['given', 'random', 'zeros', 'ones'])
export type InputSource = z.infer<typeof InputSource>

/** The result of a benchmark: times in milliseconds, `Times` in the order of the runs. */
export const BenchmarkResult = z
  .strictObject({
    Min: z.number(),
    Median: z.number(),
    P95: z.number().meta({ description: 'The smallest time that at least 95 of 100 runs did not exceed' }),
    Max: z.number(),
    Mean: z.number(),
    Times: z.array(z.number()),
    LoadTime: z.number(),
    PeakMemory: z.number().meta({ description: 'Bytes' }),
    Machine,
    Runtime: z.strictObject({ Version: z.string(), Provider: z.string(), Threads: z.int() }),
    Dimensions: z.record(z.string(), z.number()).meta({ description: 'Every open dimension as it was set' }),
    Inputs: z
      .record(z.string(), InputSource)
      .optional()
      .meta({ description: 'What each input was; left out by versions that did not tell' }),
  })
  .meta({ id: 'BenchmarkResult' })
export type BenchmarkResult = z.infer<typeof BenchmarkResult>

/** How many of the latest times of a benchmark are shown while it runs. */
export const recentTimes = 500

/** The job's `Result` while it measures, and after it was stopped: the latest times in milliseconds. */
export const BenchmarkSoFar = z.strictObject({ Recent: z.array(z.number()) })
export type BenchmarkSoFar = z.infer<typeof BenchmarkSoFar>

/** How far a benchmark is. `Fresh` are the measured times since the report before, at most `recentTimes` of them. */
export const BenchmarkProgress = z.strictObject({
  Stage: z.enum(['loading', 'warmup', 'measuring']),
  Done: z.int(),
  Total: z.int(),
  Fresh: z.array(z.number()),
})
export type BenchmarkProgress = z.infer<typeof BenchmarkProgress>

/** `on random values`, or which inputs had which: `on the given values of x; random values of mask`. */
export function measuredOn(inputs: Readonly<Record<string, InputSource>>): string {
  const words: Record<InputSource, string> = {
    given: 'the given values',
    random: 'random values',
    zeros: 'zeros',
    ones: 'ones',
  }
  const sources = (['given', 'random', 'zeros', 'ones'] as const).filter((source) =>
    Object.values(inputs).includes(source),
  )
  const [only] = sources
  if (only === undefined) return 'without inputs'
  if (sources.length === 1) return `on ${words[only]}`
  const namesOf = (source: InputSource) => Object.keys(inputs).filter((name) => inputs[name] === source)
  return `on ${sources.map((source) => `${words[source]} of ${namesOf(source).join(', ')}`).join('; ')}`
}
