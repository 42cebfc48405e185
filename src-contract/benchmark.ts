import { z } from 'zod'
import { Dimensions } from './run.ts'

/** The body of `POST /function/{uuid}/benchmark`. Inputs are random with seed 0. */
export const BenchmarkRequest = z
  .strictObject({
    Runs: z.int().min(1).max(100_000).default(50).meta({ description: 'Runs that are measured' }),
    Warmup: z.int().min(0).max(10_000).default(5).meta({ description: 'Runs before those' }),
    Threads: z.int().min(0).max(1_024).default(0).meta({ description: '0 for as many as the machine has cores' }),
    Dimensions: Dimensions.default({}),
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
    Dimensions: z.record(z.string(), z.number()).meta({ description: 'Every symbolic dimension as it was set' }),
  })
  .meta({ id: 'BenchmarkResult' })
export type BenchmarkResult = z.infer<typeof BenchmarkResult>

/** How far a benchmark is. `Last` is the time of the last run. */
export const BenchmarkProgress = z.strictObject({
  Stage: z.enum(['loading', 'warmup', 'measuring']),
  Done: z.int(),
  Total: z.int(),
  Last: z.number().nullable(),
})
export type BenchmarkProgress = z.infer<typeof BenchmarkProgress>
