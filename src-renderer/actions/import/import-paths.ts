import { z } from 'zod'
import type { Job } from '../../../src-contract/contract/admin/job.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { call } from '../../lib/api/client.ts'
import { type ImportItem, isOver, setItem, setItems } from './import-queue.ts'

/** Paths that one job takes: as many as its result tells of. */
const BATCH = 500
/** Milliseconds between two looks at a job. */
const LOOK = 200

const Result = z.looseObject({ Files: z.array(z.object({ Path: z.string(), Outcome: z.string(), UUID: z.string() })) })

/** Jobs of this window that are under way. */
const jobs = new Set<string>()

/** Has the cabinet import the next paths for the same catalogue, by the one importer that folders and watches use too. */
export async function importPaths(first: ImportItem, waiting: readonly ImportItem[]): Promise<void> {
  const batch = waiting.filter(({ catalogue }) => catalogue === first.catalogue).slice(0, BATCH)
  const paths = batch.flatMap(({ source }) => (typeof source === 'string' ? [source] : []))
  const ids = new Set(batch.map(({ id }) => id))
  setItems((item) => (ids.has(item.id) ? { ...item, state: 'running' } : item))
  try {
    window.cabinet?.rememberFiles(paths)
    const catalogue = first.catalogue === undefined ? {} : { Catalogue: first.catalogue }
    const job = await endOf(await call(operations.importFiles, { body: { Paths: paths, Mode: 'copy', ...catalogue } }))
    await tellOutcomes(job, batch)
  } catch (error) {
    setItems((item) =>
      ids.has(item.id) && !isOver(item) ? { ...item, state: 'refused', message: sentenceOf(error) } : item,
    )
  }
}

/** Pauses, resumes or cancels what is under way. A job that has just ended takes no orders, which is as good. */
export function controlPathImports(order: 'pause' | 'resume' | 'cancel'): void {
  for (const uuid of jobs) void call(operations.controlJob, { uuid, order }).catch(() => {})
}

/** A job as it ended. */
async function endOf(started: Job): Promise<Job> {
  jobs.add(started.UUID)
  try {
    let job = started
    while (!['done', 'failed', 'cancelled'].includes(job.State)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK))
      job = await call(operations.getJob, { uuid: started.UUID })
    }
    return job
  } finally {
    jobs.delete(started.UUID)
  }
}

async function tellOutcomes(job: Job, batch: readonly ImportItem[]): Promise<void> {
  const files = new Map(Result.safeParse(job.Result).data?.Files.map((file) => [file.Path, file]))
  const failures = new Map(job.Failures.map(({ What, Message }) => [What, Message]))
  for (const { id, source } of batch) {
    const path = String(source)
    const file = files.get(path)
    const failure = failures.get(path)
    if (failure !== undefined) setItem(id, { state: 'refused', message: failure })
    else if (file) await tellFile(id, file)
    else if (job.State === 'cancelled') setItem(id, { state: 'cancelled', message: 'Cancelled. Nothing was imported.' })
    else setItem(id, { state: 'refused', message: job.Message })
  }
}

async function tellFile(id: string, { Outcome, UUID: uuid }: { Outcome: string; UUID: string }): Promise<void> {
  if (Outcome === 'imported') return setItem(id, { state: 'imported', uuid, message: 'Imported.' })
  const { Name } = await call(operations.getFunction, { uuid })
  if (Outcome === 'changed') return setItem(id, { state: 'imported', uuid, message: `${Name} has the new file now.` })
  const message = Outcome === 'part' ? `Belongs to ${Name}.` : `Already here as ${Name}.`
  setItem(id, { state: 'present', uuid, message })
}
