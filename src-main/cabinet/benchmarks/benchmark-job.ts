import { z } from 'zod'
import {
  type BenchmarkProgress,
  BenchmarkRequest,
  type BenchmarkSoFar,
  recentTimes,
} from '../../../src-contract/contract/models/benchmark.ts'
import { sampleInputs } from '../../../src-contract/contract/models/sample-inputs.ts'
import { JsonValue } from '../../../src-contract/util/json-value.ts'
import { duration } from '../../../src-contract/words/human-number.ts'
import type { Runtime } from '../../runtime/create-runtime.ts'
import { firstThatRuns } from '../../runtime/first-that-runs.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { FunctionService } from '../functions/function-service.ts'
import type { ModelFiles } from '../functions/model-files.ts'
import { defineJob } from '../jobs/job-definition.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { now } from '../kernel/change-log.ts'

const Input = z.object({ uuid: z.string(), request: BenchmarkRequest })

type Parts = {
  runtime: Runtime
  functions: Pick<FunctionService, 'get' | 'inspection'>
  modelFiles: ModelFiles
  repositories: Pick<Repositories, 'functions' | 'benchmarks'>
  changeLog: ChangeLog
}

/** Measures a model, one at a time so that no two disturb each other, and keeps what it found with the function. */
export function benchmarkJob({ runtime, functions, modelFiles, repositories, changeLog }: Parts) {
  return defineJob({
    kind: 'benchmark',
    input: Input,
    checkpoint: z.null(),
    atOnce: 1,
    indivisible: 'A benchmark cannot be paused. Cancel it and run it again.',
    title: () => 'Measuring a model',
    async run({ uuid, request }, job) {
      const { Name } = functions.get(uuid).body
      let recent: number[] = []
      const onProgress = ({ Stage, Done, Total, Fresh }: BenchmarkProgress) => {
        recent = [...recent, ...Fresh].slice(-recentTimes)
        const soFar: BenchmarkSoFar = { Recent: recent }
        job.progress({
          done: Done,
          total: Total,
          unit: 'runs',
          message: `${stages[Stage]} “${Name}”`,
          ...(recent.length > 0 && { result: soFar }),
        })
      }
      const { Inputs, Dimensions } = request
      const isTold = Inputs !== undefined || Object.keys(Dimensions).length > 0
      const requests = isTold
        ? [{}]
        : sampleInputs(functions.inspection(uuid).Inputs.filter((input) => !input.Initialized))
      const { signal } = job
      const { result } = await modelFiles.use(
        uuid,
        (model) =>
          firstThatRuns(requests, (likely) =>
            runtime.benchmark(model, { ...request, ...likely }, { signal, onProgress }),
          ),
        { signal },
      )
      const json = JsonValue.parse(result)
      await job.breathe()
      changeLog.change(() => {
        const stored = repositories.functions.find(uuid)
        if (stored) repositories.benchmarks.insert(stored.id, { uuid: job.uuid, at: now(), result: json })
      })
      return { result: json, message: `“${Name}” takes ${duration(result.Median)} at the median` }
    },
  })
}

const stages: Record<BenchmarkProgress['Stage'], string> = {
  loading: 'Loading',
  warmup: 'Warming up',
  measuring: 'Measuring',
}
