import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { withTensorDigests } from '../../onnx/tensors/digest-tensors.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import { digestTask } from '../../reader/tasks/model-tasks.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { FunctionService } from '../functions/function-service.ts'
import type { ModelFiles } from '../functions/model-files.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import type { Context } from '../kernel/context.ts'

/** The longest time in milliseconds that reading all weights of a model may take: 2 GiB from a slow disk. */
const DEADLINE = 5 * 60_000
/** Weights up to this many bytes are digested without being asked for. */
const BY_ITSELF = 512 * 1024 * 1024

type Parts = {
  readers: Pool
  repositories: Pick<Repositories, 'functions' | 'inspections'>
  functions: Pick<FunctionService, 'inspection'>
  modelFiles: ModelFiles
  changeLog: ChangeLog
  log: (error: unknown) => void
}

/** The digests of tensors in reports, which take reading all of the weights and so come later than the rest. */
export type TensorDigests = {
  /**
   * The report with its digests, computed now where they are not there yet. Those of external tensors whose file is missing stay null.
   * @throws Problem `not-found`, `invalid` where the weights are damaged, `time-out`; the signal's reason.
   */
  of(uuid: string, context: Context): Promise<Inspection>
  /** Sees to it that a report gets its digests, unless the model is very large; one model after the other, each once. */
  later(uuid: string, report: Inspection): void
  close(): Promise<void>
}

export function createTensorDigests({
  readers,
  repositories,
  functions,
  modelFiles,
  changeLog,
  log,
}: Parts): TensorDigests {
  const closing = new AbortController()
  const waiting = new Set<string>()
  const tried = new Set<string>()
  let working: Promise<void> | undefined

  async function compute(
    uuid: string,
    signal: AbortSignal,
    priority: 'interactive' | 'background',
  ): Promise<Inspection> {
    const report = functions.inspection(uuid)
    if (!isIncomplete(report)) return report
    const [contentSha256, digests] = await modelFiles.use(
      uuid,
      async ({ path, external, contentSha256: content }) => {
        const argument = { path, fileName: 'The model', external }
        return [content, await readers.run(digestTask, argument, { deadline: DEADLINE, signal, priority })] as const
      },
      { signal },
    )
    // They can be computed again; whoever asked need not wait for another program.
    if (!changeLog.writeLock.isFree()) return withTensorDigests(report, digests)
    changeLog.change(() => {
      const stored = repositories.functions.find(uuid)
      const present = stored && repositories.inspections.find(stored.id)
      // A model that was replaced meanwhile has a report of its own.
      if (stored?.contentSha256 === contentSha256 && present) {
        repositories.inspections.setReport(stored.id, withTensorDigests(present, digests))
      }
    })
    return functions.inspection(uuid)
  }

  async function work(): Promise<void> {
    for (const uuid of waiting) {
      if (closing.signal.aborted) return
      try {
        await compute(uuid, closing.signal, 'background')
        changeLog.notify({
          kind: 'function.checked',
          uuid,
          by: 'cabinet',
          summary: 'The digests of its tensors are computed',
        })
      } catch (error) {
        if (!closing.signal.aborted) log(error)
      }
      waiting.delete(uuid)
    }
  }

  return {
    of: (uuid, { signal }) =>
      compute(uuid, signal ? AbortSignal.any([signal, closing.signal]) : closing.signal, 'interactive'),
    later(uuid, report) {
      const model = `${uuid} ${repositories.functions.find(uuid)?.contentSha256}`
      if (closing.signal.aborted || tried.has(model)) return
      if (!isIncomplete(report) || report.Parameters.Bytes > BY_ITSELF) return
      tried.add(model)
      waiting.add(uuid)
      working ??= work().finally(() => {
        working = undefined
      })
    },
    async close() {
      closing.abort()
      await working
    },
  }
}

/** Whether a tensor whose bytes are at hand has no digest. */
function isIncomplete({ Initializers, External }: Inspection): boolean {
  const absent = new Set(External.filter(({ State }) => State !== 'present').map(({ Location }) => Location))
  return Initializers.some(({ Sha256, Location }) => Sha256 === null && (Location === null || !absent.has(Location)))
}
