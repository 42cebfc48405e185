import { z } from 'zod'
import { BenchmarkResult } from './benchmark.ts'
import { Timestamp, Uuid } from './identifiers.ts'

/** A row of `GET /function/{uuid}/benchmarks`: what was measured, and when; `UUID` is the job that did it. */
export const BenchmarkEntry = z
  .strictObject({ UUID: Uuid, At: Timestamp, Result: BenchmarkResult })
  .meta({ id: 'BenchmarkEntry' })
export type BenchmarkEntry = z.infer<typeof BenchmarkEntry>
