import type {
  BenchmarkProgress,
  BenchmarkRequest,
  BenchmarkResult,
} from '../../src-contract/contract/models/benchmark.ts'
import type { Pool } from '../processes/pool/pool.ts'
import { sayOfRun } from './run-file.ts'
import { benchmarkTask, type OpenedModel } from './tasks.ts'

export type BenchmarkOptions = {
  deadline: number
  signal?: AbortSignal | undefined
  /** Called about ten times a second. */
  onProgress?: (progress: BenchmarkProgress) => void
}

/** Measures a model. */
export async function benchmarkFile(
  pool: Pool,
  model: OpenedModel,
  request: BenchmarkRequest,
  options: BenchmarkOptions,
): Promise<BenchmarkResult> {
  try {
    return await pool.run(benchmarkTask, { model, request }, options)
  } catch (error) {
    throw sayOfRun(error)
  }
}
