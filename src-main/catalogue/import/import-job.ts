import { z } from 'zod'
import { ImportRequest } from '../../../src-contract/admin.ts'
import { Problem } from '../../../src-contract/problem.ts'
import type { FileStore } from '../../files/file-store.ts'
import type { Repositories } from '../../store/repositories.ts'
import type { FunctionChanges } from '../functions/function-changes.ts'
import { keepThenCommit } from '../functions/keep-files.ts'
import { defineJob, type JobRun } from '../jobs/job-definition.ts'
import type { Ledger } from '../ledger.ts'
import type { StructureReader } from '../structure-reader.ts'
import { type Candidate, findCandidates, sentenceOf } from './find-candidates.ts'
import { type PreparedPath, preparePath } from './prepare-path.ts'

/** Files that are read at the same time, and then committed together. */
const AT_ONCE = 8
/** Functions whose UUIDs the result tells. */
const TOLD = 10_000

const Checkpoint = z.object({
  next: z.int(),
  Imported: z.int(),
  Present: z.int(),
  Refused: z.int(),
  Functions: z.array(z.string()),
})
type Checkpoint = z.infer<typeof Checkpoint>

type Parts = {
  ledger: Ledger
  repositories: Repositories
  files: FileStore
  reader: StructureReader
  changes: FunctionChanges
  limit: number
  /** Told when models came that were never checked. */
  onNewModels(): void
}

type Prepared = PreparedPath & { candidate: Candidate }

/** Imports files and folders of this machine, a few at a time. Bytes that are already here are not added again, but filed. */
export function importJob(parts: Parts) {
  const { ledger, repositories, files, changes } = parts

  async function prepare(
    candidate: Candidate,
    mode: ImportRequest['Mode'],
    job: JobRun<Checkpoint>,
  ): Promise<Prepared | undefined> {
    try {
      return { ...(await preparePath(candidate.path, mode, parts, job.signal)), candidate }
    } catch (error) {
      job.signal.throwIfAborted()
      // What is wrong with one file does not stop the others; a full disk does.
      if (error instanceof Problem && error.status >= 500 && error.code !== 'time-out') throw error
      job.failure(candidate.path, error instanceof Problem ? error.message : sentenceOf(error))
      return undefined
    }
  }

  /** Files a function that is already here. */
  function fileUnder(catalogue: string, uuid: string, job: JobRun<Checkpoint>): void {
    const present = changes.find(uuid).item.Catalogues.map(({ UUID }) => UUID)
    if (present.includes(catalogue)) return
    changes.update(job.caller, uuid, { Catalogues: [...present, catalogue] }, { devices: [] }, undefined)
  }

  function commit(
    prepared: readonly Prepared[],
    catalogue: string | undefined,
    state: Checkpoint,
    job: JobRun<Checkpoint>,
  ): void {
    ledger.change(() => {
      for (const one of prepared) {
        // Two files of one batch may have the same bytes.
        const [twin] = one.outcome === 'present' ? [one.uuid] : repositories.functions.withFile(modelDigest(one))
        if (twin !== undefined || one.outcome === 'present') {
          state.Present++
          if (twin !== undefined && catalogue !== undefined) fileUnder(catalogue, twin, job)
          continue
        }
        const input = catalogue === undefined ? {} : { Catalogues: [catalogue] }
        const uuid = changes.insert(job.caller, input, { model: one.model, devices: [] })
        state.Imported++
        if (state.Functions.length < TOLD) state.Functions.push(uuid)
      }
      job.save(structuredClone(state))
    })
  }

  return defineJob({
    kind: 'import',
    input: ImportRequest,
    checkpoint: Checkpoint,
    atOnce: 1,
    title: ({ Paths: [first = '', ...others] }) =>
      `Importing ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`,
    async run({ Paths, Mode, Catalogue, Recursive }, job) {
      const state = job.checkpoint ?? { next: 0, Imported: 0, Present: 0, Refused: 0, Functions: [] }
      const { candidates, unreadable } = await findCandidates(Paths, { recursive: Recursive, signal: job.signal })
      if (state.next === 0) for (const { path, message } of unreadable) job.failure(path, message)
      job.progress({ done: state.next, total: candidates.length, unit: 'files' })
      while (state.next < candidates.length) {
        const batch = candidates.slice(state.next, state.next + AT_ONCE)
        const results = await settleAll(batch.map((candidate) => prepare(candidate, Mode, job)))
        const prepared = results.filter((one) => one !== undefined)
        const staged = prepared.flatMap((one) => (one.outcome === 'new' ? one.model.files : []))
        state.next += batch.length
        state.Refused += batch.length - prepared.length
        const options = { isNamed: repositories.downloads.isStored, signal: job.signal }
        await keepThenCommit(files, staged, options, () => commit(prepared, Catalogue, state, job))
        parts.onNewModels()
        job.progress({ done: state.next })
        await job.breathe()
      }
      const { next: _, ...result } = state
      return { result, message: closingSentence(state) }
    },
  })
}

/** Waits for all, so that nothing goes on behind the back of an error; what was staged in vain is discarded. */
async function settleAll(work: Promise<Prepared | undefined>[]): Promise<(Prepared | undefined)[]> {
  const settled = await Promise.allSettled(work)
  const failed = settled.find((one) => one.status === 'rejected')
  if (!failed) return Promise.all(work)
  for (const one of settled) {
    if (one.status !== 'fulfilled' || one.value?.outcome !== 'new') continue
    await Promise.all(one.value.model.files.map(({ staged }) => staged?.discard()))
  }
  throw failed.reason
}

function modelDigest(one: Extract<PreparedPath, { outcome: 'new' }>): string {
  return one.model.files.find(({ role }) => role === 'model')?.sha256 ?? ''
}

function closingSentence({ Imported, Present, Refused }: Checkpoint): string {
  const parts = [`Imported ${Imported.toLocaleString('en-US')} models`]
  if (Present > 0) parts.push(`${Present.toLocaleString('en-US')} were already here`)
  if (Refused > 0) parts.push(`${Refused.toLocaleString('en-US')} were refused`)
  return `${parts.join('; ')}.`
}
