import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { FunctionWriter } from '../functions/function-writer.ts'
import type { ModelFiles } from '../functions/model-files.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import type { StructureReader } from './report-reader.ts'

type Parts = {
  reader: StructureReader
  repositories: Pick<Repositories, 'functions' | 'inspections'>
  modelFiles: ModelFiles
  writer: Pick<FunctionWriter, 'renewReport'>
  changeLog: ChangeLog
  log: (error: unknown) => void
}

/** How many functions are looked up at a time. */
const BATCH = 100

/** Reads models again whose reports an older version wrote, one after the other and behind everything else. */
export function createReportRenewal({ reader, repositories, modelFiles, writer, changeLog, log }: Parts) {
  const { inspections } = repositories
  const closing = new AbortController()
  // One whose file is lost keeps its older report until the next start.
  const failed = new Set<string>()
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    for (let next = nextOnes(); next.length > 0; next = nextOnes()) {
      for (const uuid of next) {
        if (closing.signal.aborted) return
        await renew(uuid)
      }
    }
  }

  function nextOnes(): string[] {
    return inspections.older(BATCH + failed.size).filter((uuid) => !failed.has(uuid))
  }

  async function renew(uuid: string): Promise<void> {
    try {
      const { signal } = closing
      const [{ sha256, contentSha256 }, report] = await modelFiles.use(
        uuid,
        async (model) => {
          const { path, external } = model
          return [model, await reader.inspect(path, { fileName: 'The model', external, signal })] as const
        },
        { signal },
      )
      await changeLog.writeLock.whenFree({ signal })
      changeLog.change(() => {
        const stored = repositories.functions.find(uuid)
        const before = stored && inspections.find(stored.id)
        // A model that was replaced meanwhile has a report of its own.
        if (!before || stored.contentSha256 !== contentSha256) return
        const digests = new Map(before.Initializers.map(({ Scope, Name, Sha256 }) => [`${Scope}\n${Name}`, Sha256]))
        const Initializers = report.Initializers.map((item) => ({
          ...item,
          Sha256: digests.get(`${item.Scope}\n${item.Name}`) ?? null,
        }))
        writer.renewReport(stored, { ...report, Initializers, FileSha256: sha256, Runtime: before.Runtime })
      })
    } catch (error) {
      if (closing.signal.aborted) return
      failed.add(uuid)
      if (!(error instanceof Problem && (error.code === 'not-found' || error.code === 'unavailable'))) log(error)
    }
  }

  function wake(): void {
    if (closing.signal.aborted) return
    working ??= work()
      .catch(log)
      .finally(() => {
        working = undefined
      })
  }

  return {
    /** Looks for older reports; called at start and where some may have come in. */
    wake,
    /** Resolves when none is left that can be renewed. */
    async idle() {
      wake()
      await working
    },
    async close() {
      closing.abort(new Problem('unavailable', 'The cabinet is closing.'))
      await working
    },
  }
}
