import { setImmediate as nextTurn } from 'node:timers/promises'
import type { z } from 'zod'
import { type InputSource, recentTimes } from '../../../src-contract/contract/models/benchmark.ts'
import type { RunInput } from '../../../src-contract/contract/models/run.ts'
import { isAttentionMask } from '../../../src-contract/util/symbolic-sizes.ts'
import type { TaskContext } from '../../processes/pool/task.ts'
import { machine } from '../machine.ts'
import { PROVIDER } from '../provider.ts'
import { summariseTimes } from '../summarise-times.ts'
import type { benchmarkTask } from '../tasks.ts'
import { chooseOutputs } from './choose-outputs.ts'
import { feedsOf } from './feeds.ts'
import { peakMemory } from './peak-memory.ts'
import { prepareInputs } from './prepare-inputs.ts'
import { problemOfOpening } from './problem-of-opening.ts'
import { problemOfRun } from './run-model.ts'
import { openSession, runtimeVersion } from './session.ts'

type Argument = z.output<typeof benchmarkTask.argument>

/** Milliseconds between reports, so that they do not disturb what is measured. */
const REPORT_INTERVAL = 100

/** Runs the model again and again on the same inputs, in a process that does nothing else before or after. */
export async function benchmarkModel({ model, request }: Argument, { report, retire }: TaskContext) {
  retire()
  const { Runs, Warmup, Threads, Dimensions, Inputs = {} } = request
  report({ Stage: 'loading', Done: 0, Total: Runs, Fresh: [] })
  const { session, loadTime } = await openSession(model.path, Threads).catch(async (error: unknown) => {
    throw await problemOfOpening(error, model)
  })
  const given = new Map(Object.entries(Inputs).map(([name, json]) => [name, { json }]))
  const { tensors, dimensions } = prepareInputs(session.inputMetadata, given, Dimensions)
  const feeds = feedsOf(tensors)
  const { fetched } = chooseOutputs(session.outputMetadata, undefined)

  let reportedAt = 0
  let reported = 0
  async function repeat(Stage: 'warmup' | 'measuring', Total: number): Promise<number[]> {
    const times: number[] = []
    reported = 0
    for (let done = 0; done < Total; done++) {
      const started = performance.now()
      await session.run(feeds, fetched).catch((error: unknown) => {
        throw problemOfRun(error, model.path)
      })
      const ended = performance.now()
      times.push(ended - started)
      if (ended - reportedAt < REPORT_INTERVAL && done + 1 < Total) continue
      reportedAt = ended
      const fresh = Stage === 'measuring' ? times.slice(Math.max(reported, times.length - recentTimes)) : []
      reported = times.length
      report({ Stage, Done: done + 1, Total, Fresh: fresh })
      // Lets the report go out before the next run blocks this thread.
      await nextTurn()
    }
    return times
  }

  await repeat('warmup', Warmup)
  const times = await repeat('measuring', Runs)
  return {
    ...summariseTimes(times),
    Times: times,
    LoadTime: loadTime,
    PeakMemory: peakMemory(),
    Machine: machine(),
    Runtime: { Version: runtimeVersion, Provider: PROVIDER, Threads },
    Dimensions: dimensions,
    Inputs: Object.fromEntries([...tensors.keys()].map((name) => [name, sourceOf(name, Inputs[name])])),
  }
}

/** What is left out is random, but for the mask of a language model. */
function sourceOf(name: string, input: RunInput | undefined): InputSource {
  if (input === undefined && isAttentionMask(name)) return 'ones'
  if (input?.Data !== undefined) return 'given'
  return input?.Zeros ? 'zeros' : 'random'
}
