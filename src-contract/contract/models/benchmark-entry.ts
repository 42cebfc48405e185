import { z } from 'zod'
import { Timestamp, Uuid } from '../../util/identifiers.ts'
import { BenchmarkResult } from './benchmark.ts'

/** A row of `GET /function/{uuid}/benchmarks`: what was measured, and when; `UUID` is the job that did it. */
export const BenchmarkEntry = z
  .strictObject({ UUID: Uuid, At: Timestamp, Result: BenchmarkResult })
  .meta({ id: 'BenchmarkEntry' })
export type BenchmarkEntry = z.infer<typeof BenchmarkEntry>
