import { stat } from 'node:fs/promises'
import type { RuntimeCheck } from '../../src-contract/contract/models/inspection.ts'
import { duration } from '../../src-contract/words/human-number.ts'
import { ChildFailure } from '../processes/pool/child-failure.ts'
import type { Pool } from '../processes/pool/pool.ts'
import { type Explanation, explainFailure } from './explain-failure.ts'
import { PROVIDER } from './provider.ts'
import { checkTask, type OpenedModel } from './tasks.ts'

/** Opens a model in a runtime process, and says what came of it. */
export async function checkFile(
  pool: Pool,
  model: OpenedModel,
  options: { deadline: number; signal?: AbortSignal | undefined },
): Promise<RuntimeCheck> {
  const checked = (explanation: Explanation, version: string | null): RuntimeCheck => ({
    State: 'failed',
    ...explanation,
    LoadTime: null,
    Provider: PROVIDER,
    Version: version,
    CheckedAt: new Date().toISOString(),
  })
  try {
    const { failure, loadTime, version } = await pool.run(
      checkTask,
      { path: model.path },
      { ...options, priority: 'background' },
    )
    if (failure !== null) return checked(explainFailure(failure, model, (await stat(model.path)).size), version)
    return {
      State: 'ok',
      Reason: null,
      Message: `ONNX Runtime ${version} opened it in ${duration(loadTime ?? 0)} on the CPU.`,
      LoadTime: loadTime,
      Provider: PROVIDER,
      Version: version,
      CheckedAt: new Date().toISOString(),
    }
  } catch (error) {
    if (!(error instanceof ChildFailure) || error.kind === 'startup' || error.kind === 'busy') throw error
    return checked(explainEnd(error.kind, options.deadline), null)
  }
}

function explainEnd(kind: 'deadline' | 'crash' | 'memory', deadline: number): Explanation {
  if (kind === 'deadline') {
    return {
      Reason: 'timeout',
      Message: `Opening it took longer than ${duration(deadline)} and was stopped. It may run on a less busy machine.`,
    }
  }
  if (kind === 'memory') {
    return { Reason: 'memory', Message: 'Opening it exceeded the memory limit and was stopped.' }
  }
  return { Reason: 'crash', Message: 'ONNX Runtime crashed when it opened the model.' }
}
