import type { BenchmarkRequest } from '../../../src-contract/contract/models/benchmark.ts'
import type { BenchmarkEntry } from '../../../src-contract/contract/models/benchmark-entry.ts'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { Comparison } from '../../../src-contract/contract/models/compare.ts'
import type { GraphPage, GraphQuery } from '../../../src-contract/contract/models/graph.ts'
import type { Job } from '../../../src-contract/contract/admin/job.ts'
import type { TensorQuery, TensorSummary } from '../../../src-contract/contract/models/tensor.ts'
import type { RunAnswer } from '../../runtime/create-runtime.ts'
import type { RunInputs } from '../../runtime/run-file.ts'
import type { Context } from '../cabinet.ts'

/** What is done with the models of functions: looked into, run, measured and compared (additions.md). */
export type ModelService = {
  /** A page of a model's nodes. @throws Problem `not-found` (field `Scope` where there is no such scope). */
  graph(uuid: string, query: GraphQuery, context: Context): Promise<GraphPage>
  /**
   * What the values of a stored tensor are like. @throws Problem `not-found` (field `Name` where there is no such tensor); `invalid`
   * where its values are missing or damaged; `time-out`.
   */
  tensor(uuid: string, query: TensorQuery, context: Context): Promise<TensorSummary>
  /** How two models differ, weights included. @throws Problem `not-found`. */
  compare(left: string, right: string, context: Context): Promise<Comparison>
  /** The same, and how far their outputs lie apart on the same random inputs. @throws Problem `invalid` where the left one does not run. */
  compareRunning(left: string, right: string, context: Context): Promise<Comparison>
  /** Runs a model once. @throws Problem `not-found`; `invalid` naming the input that is wrong; `too-large`; `time-out`. */
  run(uuid: string, inputs: RunInputs, form: 'json' | 'npz', context: Context): Promise<RunAnswer>
  /** Measures a model, as a job. @throws Problem `not-found`. */
  startBenchmark(caller: Caller, uuid: string, request: BenchmarkRequest): Job
  /** What was measured before, newest first. @throws Problem `not-found`. */
  benchmarks(uuid: string): BenchmarkEntry[]
}
