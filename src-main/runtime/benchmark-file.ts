import type {
  BenchmarkProgress,
  BenchmarkRequest,
  BenchmarkResult,
} from '../../src-contract/contract/models/benchmark.ts'
import type { Pool } from '../processes/pool/pool.ts'
import { sayOfRun } from './run-file.ts'
import { benchmarkTask } from './tasks.ts'

export type BenchmarkOptions = {
  deadline: number
  signal?: AbortSignal | undefined
  /** Called about ten times a second. */
  onProgress?: (progress: BenchmarkProgress) => void
}

/** Measures the model at this path. */
export async function benchmarkFile(
  pool: Pool,
  path: string,
  request: BenchmarkRequest,
  options: BenchmarkOptions,
): Promise<BenchmarkResult> {
  try {
    return await pool.run(benchmarkTask, { path, request }, options)
  } catch (error) {
    throw sayOfRun(error)
  }
}
