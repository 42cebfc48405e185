import { existsSync } from 'node:fs'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { pendingRuntimeCheck, type RuntimeCheck } from '../../../src-contract/contract/models/inspection.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import { runsColumns } from '../../store/repositories/runs-columns.ts'
import type { LocatedModel, ModelFiles } from '../functions/model-files.ts'
import type { ChangeLog } from '../kernel/change-log.ts'

/** Opens a model with ONNX Runtime in a process that may die. */
type RuntimeChecker = {
  check(file: LocatedModel, options: { signal?: AbortSignal }): Promise<RuntimeCheck>
}

const AT_ONCE = 2
/** How many functions are looked up at a time; the rest waits in the database. */
const BATCH = 100
/** How often a check that could not be made is tried: a file may be written at this moment. */
const TRIES = 3

type Options = {
  runtime: RuntimeChecker
  repositories: Pick<Repositories, 'inspections' | 'functions'>
  modelFiles: ModelFiles
  changeLog: ChangeLog
  log: (error: unknown) => void
}

/** The check whether models run here, two at most at once, after their functions are on disk. */
export type RuntimeChecks = {
  /** Looks for functions that were never checked; called after each new model and at start. */
  wake(): void
  /**
   * Has a function checked once more, and gives what is known until that is done. One that waits for its check goes on waiting.
   * @throws Problem `not-found`, also where the function has no model file; `unavailable` where the file is lost. What was known stays then.
   */
  again(caller: Caller, uuid: string): RuntimeCheck
  /** Resolves when nothing is left to check. */
  idle(): Promise<void>
  close(): Promise<void>
}

export function createRuntimeChecks({ runtime, repositories, modelFiles, changeLog, log }: Options): RuntimeChecks {
  const closing = new AbortController()
  const running = new Map<string, Promise<void>>()
  // A check that could not be made is made again once the function's files are others or were found again, not over and over.
  const failed = new Map<string, { state: string; tries: number }>()
  const waiters: (() => void)[] = []

  function wake(): void {
    if (closing.signal.aborted) return
    for (const uuid of repositories.inspections.pending(BATCH + failed.size)) {
      if (running.size >= AT_ONCE) break
      if (!running.has(uuid) && triesOf(uuid) < TRIES) start(uuid)
    }
    if (running.size === 0) for (const resolve of waiters.splice(0)) resolve()
  }

  function stateOf(uuid: string): string {
    const stored = repositories.functions.find(uuid)
    return `${stored?.fileSha256} ${stored?.contentSha256} ${stored?.item.Status}`
  }

  function triesOf(uuid: string): number {
    const last = failed.get(uuid)
    return last?.state === stateOf(uuid) ? last.tries : 0
  }

  function start(uuid: string): void {
    const work = check(uuid).finally(() => {
      running.delete(uuid)
      wakeSafely()
    })
    running.set(uuid, work)
  }

  function wakeSafely(): void {
    try {
      wake()
    } catch (error) {
      log(error)
    }
  }

  async function check(uuid: string): Promise<void> {
    try {
      const { signal } = closing
      const [model, result] = await modelFiles.use(
        uuid,
        async (located) => [located, await runtime.check(located, { signal })] as const,
        { signal },
      )
      await changeLog.writeLock.whenFree({ signal })
      write(uuid, model, result)
    } catch (error) {
      if (closing.signal.aborted) return
      const tries = triesOf(uuid) + 1
      failed.set(uuid, { state: stateOf(uuid), tries })
      if (tries < TRIES) return
      // Gone in the meantime, or its file is lost, which is told elsewhere.
      if (!(error instanceof Problem && error.code === 'not-found')) log(error)
    }
  }

  function write(uuid: string, { sha256, contentSha256 }: LocatedModel, result: RuntimeCheck): void {
    changeLog.change((record) => {
      const stored = repositories.functions.find(uuid)
      // A model that was replaced meanwhile is checked by itself.
      if (!stored || stored.fileSha256 !== sha256 || stored.contentSha256 !== contentSha256) return
      repositories.inspections.setRuntime(stored.id, result)
      repositories.functions.setState(stored.id, runsColumns(result))
      const summary = summaryOf(stored.item.Name, result)
      const change = [{ Field: 'Runs', Before: stored.item.Runs, After: result.State === 'ok' }]
      record({ kind: 'function.checked', uuid, by: 'cabinet', summary, change })
    })
  }

  /** What was found out before is no longer told, since it may be wrong by now. */
  function forget(caller: Caller, uuid: string): void {
    changeLog.change((record) => {
      const stored = repositories.functions.find(uuid)
      if (!stored || stored.item.Runs === null) return
      repositories.inspections.resetRuntime(stored.id)
      repositories.functions.setState(stored.id, runsColumns(pendingRuntimeCheck))
      const summary = `Requested a new check of whether “${stored.item.Name}” runs here`
      const change = [{ Field: 'Runs', Before: stored.item.Runs, After: null }]
      record({ kind: 'function.checked', uuid, by: caller.name, summary, change })
    })
  }

  return {
    // After the answer to the request that brought the model.
    wake: () => void setImmediate(wakeSafely),
    again(caller, uuid) {
      const { path } = modelFiles.locate(uuid)
      if (!existsSync(path)) {
        throw new Problem('unavailable', 'Cannot check the model: its file is missing.', { uuid })
      }
      forget(caller, uuid)
      failed.delete(uuid)
      wakeSafely()
      return pendingRuntimeCheck
    },
    idle() {
      wakeSafely()
      return running.size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))
    },
    async close() {
      closing.abort(new Problem('unavailable', 'The cabinet is closing.'))
      await Promise.all(running.values())
      for (const resolve of waiters.splice(0)) resolve()
    },
  }
}

function summaryOf(name: string, { State, Reason, Message }: RuntimeCheck): string {
  if (State === 'ok') return `“${name}” runs here`
  if (Reason === 'timeout') return `It is unknown whether “${name}” runs here: ${Message}`
  return `“${name}” does not run here: ${Message}`
}
