import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { Job } from '../../../src-contract/contract/admin/job.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { type BenchmarkRequest, BenchmarkResult } from '../../../src-contract/contract/models/benchmark.ts'
import type { BenchmarkEntry } from '../../../src-contract/contract/models/benchmark-entry.ts'
import type { Comparison } from '../../../src-contract/contract/models/compare.ts'
import type { GraphPage, GraphQuery } from '../../../src-contract/contract/models/graph.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { mostRunBytes, type RunFormat } from '../../../src-contract/contract/models/run-size.ts'
import { sampleInputs } from '../../../src-contract/contract/models/sample-inputs.ts'
import type { TensorQuery, TensorSummary } from '../../../src-contract/contract/models/tensor.ts'
import type { TimeLimit } from '../../../src-contract/operations/operation.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { fillIn } from '../../../src-contract/util/fill-in.ts'
import { JsonValue } from '../../../src-contract/util/json-value.ts'
import { compareReports } from '../../onnx/compare/compare.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import { graphTask, tensorTask } from '../../reader/tasks/model-tasks.ts'
import type { Runtime } from '../../runtime/create-runtime.ts'
import type { RunAnswer, RunInputs } from '../../runtime/run-file.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { FunctionService } from '../functions/function-service.ts'
import type { ModelFiles } from '../functions/model-files.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { Context } from '../kernel/context.ts'
import type { TensorDigests } from './tensor-digests.ts'

type Parts = {
  timeLimit: TimeLimit
  readers: Pool
  runtime: Runtime
  functions: Pick<FunctionService, 'get' | 'inspection'>
  modelFiles: ModelFiles
  digests: Pick<TensorDigests, 'of'>
  repositories: Pick<Repositories, 'functions' | 'benchmarks'>
  runner: Pick<JobRunner, 'start'>
}

/** What is done with the models of functions: looked into, run, measured and compared (contract.md 6). */
export function createModelService({
  timeLimit,
  readers,
  runtime,
  functions,
  modelFiles,
  digests,
  repositories,
  runner,
}: Parts) {
  async function reportsOf(left: string, right: string, context: Context) {
    return [await wholeReport(left, context), await wholeReport(right, context)] as const
  }

  /** A model is all of its files: of those are the digest and the size that are compared. */
  async function wholeReport(uuid: string, context: Context): Promise<Inspection> {
    const report = await digests.of(uuid, context)
    const { ContentSha256, TotalSize } = functions.get(uuid).body
    return { ...report, FileSha256: ContentSha256, FileSize: TotalSize }
  }

  return {
    /** A page of a model's nodes. @throws Problem `not-found` (field `Scope` where there is no such scope). */
    async graph(uuid: string, query: GraphQuery, { signal }: Context): Promise<GraphPage> {
      const options = { deadline: timeLimit(operations.getGraph.limit), signal }
      const page = await modelFiles.use(uuid, ({ path }) => readers.run(graphTask, { path, query }, options), options)
      if (page) return page
      throw new Problem('not-found', `The model has no scope “${query.Scope.slice(0, 200)}”.`, { field: 'Scope', uuid })
    },

    /**
     * What the values of a stored tensor are like. @throws Problem `not-found` (field `Name` where there is no such tensor); `invalid`
     * where its values are missing or damaged; `time-out`.
     */
    async tensor(uuid: string, { Scope: scope, Name: name }: TensorQuery, { signal }: Context): Promise<TensorSummary> {
      const options = { deadline: timeLimit(operations.getTensor.limit), signal }
      const summary = await modelFiles.use(
        uuid,
        ({ path, external }) => readers.run(tensorTask, { path, external, scope, name }, options),
        options,
      )
      if (summary) return summary
      const where = scope === 'main' ? 'The model' : `Its part “${scope.slice(0, 200)}”`
      throw new Problem('not-found', `${where} stores no tensor “${name.slice(0, 200)}”.`, { field: 'Name', uuid })
    },

    /** How two models differ, weights included. @throws Problem `not-found`. */
    compare: async (left: string, right: string, context: Context) =>
      compareReports(...(await reportsOf(left, right, context))),

    /** The same, and how far their outputs lie apart on the same random inputs. @throws Problem `invalid` where the left one does not run. */
    async compareRunning(left: string, right: string, context: Context): Promise<Comparison> {
      const reports = await reportsOf(left, right, context)
      const { Inputs } = functions.inspection(left)
      const requests = sampleInputs(Inputs.filter(({ Initialized }) => !Initialized))
      const outputs = await modelFiles.use(
        left,
        (one) =>
          modelFiles.use(right, (other) => runtime.compareOutputs(one, other, { ...context, requests }), context),
        context,
      )
      return compareReports(...reports, outputs)
    },

    /** The most bytes that a run of a model can need. @throws Problem `not-found`. */
    mostRunBytes(uuid: string, format: RunFormat): number {
      modelFiles.locate(uuid)
      return mostRunBytes(functions.inspection(uuid).Inputs, format)
    },

    /** Runs a model once. @throws Problem `not-found`; `invalid` naming the input that is wrong; `too-large`; `time-out`. */
    async run(uuid: string, inputs: RunInputs, format: 'json' | 'npz', context: Context): Promise<RunAnswer> {
      let answer: RunAnswer | undefined
      try {
        return await modelFiles.use(
          uuid,
          async (model) => {
            answer = await runtime.answer(model, inputs, format, context)
            return answer
          },
          context,
        )
      } catch (error) {
        await answer?.discard()
        throw error
      }
    },

    /** Measures a model, as a job. @throws Problem `not-found`. */
    startBenchmark(caller: Caller, uuid: string, request: BenchmarkRequest): Job {
      modelFiles.locate(uuid)
      return runner.start(caller, 'benchmark', { uuid, request: JsonValue.parse(request) })
    },

    /** What was measured before, newest first. @throws Problem `not-found`. */
    benchmarks(uuid: string): BenchmarkEntry[] {
      functions.get(uuid)
      const stored = repositories.functions.find(uuid)
      const rows = stored ? repositories.benchmarks.list(stored.id) : []
      return rows.flatMap(({ uuid: job, at, result }) => {
        try {
          return [{ UUID: job, At: at, Result: fillIn(BenchmarkResult, result) }]
        } catch {
          // A damaged row, which nothing can be made of.
          return []
        }
      })
    },
  }
}

export type ModelService = ReturnType<typeof createModelService>
