import { z } from 'zod'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { isModelName } from '../../../src-contract/util/model-file-types.ts'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import { nameFiles } from '../../../src-contract/words/name-files.ts'
import { createExclusion } from '../../files/exclusion.ts'
import { compareCandidates, findCandidates } from '../../files/find-candidates.ts'
import { createFolderNames } from '../../files/folder-names.ts'
import type { CatalogueService } from '../catalogues/catalogue-service.ts'
import { createCompanionFinder } from '../companions/find-companions.ts'
import type { ExportParts } from '../exports/import-export.ts'
import { importExports } from '../exports/import-exports.ts'
import { keepThenCommit } from '../functions/keep-files.ts'
import { defineJob, JobPostponed, type JobRun } from '../jobs/job-definition.ts'
import { currentSnapshots } from '../sources/current-snapshots.ts'
import { createSourceFinder, type MarkReader } from '../sources/find-source.ts'
import { type CommitParts, commitPaths, type PathResult } from './commit-paths.ts'
import { createFolderCatalogues } from './folder-catalogues.ts'
import {
  type Batch,
  discardBatch,
  type Finders,
  type FoundModel,
  filesOf,
  type Named,
  passes,
  prepareBatch,
} from './prepare-batch.ts'
import type { PrepareParts } from './prepare-path.ts'

/** Files that are committed together: each commit waits for the disk, and nothing else is answered while its rows are written. */
const BATCH = 32
/** Milliseconds after which a watched folder is imported again where that could not be done now, twice as many each time; and how often. */
const AGAIN = 30_000
const TRIES = 8
/** Files whose outcome the result tells; all are counted. */
const TOLD = 500

/** Catalogues of an export that were here by their name. */
const Merged = z.array(z.string()).default([])
const Counts = { Imported: z.int(), Present: z.int(), Changed: z.int(), Trashed: z.int().default(0), Refused: z.int() }
const Told = z.object({
  Path: z.string(),
  Outcome: z.enum(['imported', 'present', 'changed', 'trashed', 'part']),
  UUID: z.string(),
})
/** `after` is the last path that was looked at, in the order of paths; `exports` are those that were taken in, null before that. */
const Checkpoint = z.object({
  after: z.string(),
  done: z.int(),
  exports: z.array(z.string()).nullable(),
  tries: z.int().default(0),
  ...Counts,
  Merged,
  Files: z.array(Told),
  Excluded: z.array(z.object({ Pattern: z.string(), Count: z.int() })).default([]),
})
type Checkpoint = z.infer<typeof Checkpoint>

type Parts = CommitParts &
  Omit<PrepareParts, 'companions'> &
  ExportParts & {
    readMark: MarkReader
    catalogues: Pick<CatalogueService, 'list' | 'create'>
    /** The cabinet's own folder, from which nothing is imported. */
    dataDirectory: string
    /** Told when models came that were never checked. */
    onNewModels(): void
  }

/** Imports files and folders of this machine. Bytes that are already here are not added again, but filed. */
export function importJob(parts: Parts) {
  const { repositories, files } = parts

  async function commitBatch(
    { files: named, found }: Batch,
    request: ImportRequest,
    job: JobRun<Checkpoint>,
    state: Checkpoint,
  ) {
    const given = request.Catalogue === undefined ? [] : [request.Catalogue]
    const ofFolder = request.CataloguePerFolder
      ? createFolderCatalogues(request.Paths, parts.catalogues, job.caller)
      : undefined
    const options = {
      catalogues: (path: string) => [...given, ...(ofFolder?.(path) ?? [])],
      watched: request.Watched === true,
      keep: request.IfChanged === 'keep',
      locate: request.Locate,
    }
    const prepared: FoundModel[] = []
    for (const one of found) {
      if (one.outcome !== 'refused') prepared.push(one)
      else {
        job.failure(one.path, one.message)
        state.Refused++
      }
    }
    const { isStored } = repositories.downloads
    const next = structuredClone(state)
    await keepThenCommit(
      files,
      found.flatMap(filesOf),
      { isNamed: isStored, writeLock: parts.changeLog.writeLock, signal: job.signal },
      () =>
        parts.changeLog.change(() => {
          for (const one of commitPaths(prepared, options, parts, job.caller)) note(next, one)
          next.done += named.length
          next.after = named.at(-1)?.path ?? next.after
          job.save(structuredClone(next))
        }),
    )
    Object.assign(state, next)
  }

  /** Takes batches in their order. While one is committed the next is read: the one waits for the disk, the other for the processor. */
  async function takeBatches(
    batches: readonly Named[][],
    request: ImportRequest,
    finders: Finders,
    job: JobRun<Checkpoint>,
    state: Checkpoint,
  ): Promise<void> {
    const read = (at: number) => {
      const reading = prepareBatch(batches[at] ?? [], request, { ...parts, ...finders }, job.signal)
      // A failure is told when it is the batch's turn.
      reading.catch(() => {})
      return reading
    }
    let next = read(0)
    for (const [at, files] of batches.entries()) {
      job.progress({ message: `Importing ${files[0]?.path}` })
      const batch = await next
      next = read(at + 1)
      try {
        await commitBatch(batch, request, job, state)
        job.progress({ done: state.done })
        await job.breathe()
      } catch (error) {
        await next.then(discardBatch, () => {})
        throw error
      }
    }
  }

  /** Exports of other cabinets come first, each whole; answers their paths. */
  async function takeExports(
    candidates: readonly string[],
    state: Checkpoint,
    job: JobRun<Checkpoint>,
  ): Promise<string[]> {
    const { paths, imported, present, trashed, refused, merged } = await importExports(candidates, parts, job)
    state.exports = [...paths]
    state.Imported += imported.length
    state.Present += present
    state.Trashed += trashed
    state.Refused += refused
    state.Merged.push(...merged)
    if (paths.size > 0) job.save(structuredClone(state))
    return state.exports
  }

  return defineJob({
    kind: 'import',
    scope: 'admin',
    input: ImportRequest,
    checkpoint: Checkpoint,
    atOnce: 1,
    title: ({ Paths: [first = '', ...others] }) =>
      `Importing ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`,
    async run(request, job) {
      const { Paths, Recursive, Exclude } = request
      const state = job.checkpoint ?? atBeginning()
      job.progress({ unit: 'files', done: state.done, total: null })
      const {
        candidates: found,
        unreadable,
        excluded,
      } = await findCandidates(Paths, {
        recursive: Recursive,
        exclusion: createExclusion(Exclude),
        signal: job.signal,
        except: parts.dataDirectory,
        onFound: (count) => job.progress({ message: `Looking for models: ${groupedNumber(count)} so far` }),
      })
      const candidates = await currentSnapshots(found, Paths)
      const exports = new Set(state.exports ?? (await takeExports(candidates, state, job)))
      if (job.checkpoint === null) for (const { path, message } of unreadable) job.failure(path, message)
      state.Excluded = [...excluded].map(([Pattern, Count]) => ({ Pattern, Count }))
      const names = nameFiles(candidates)
      const folders = createFolderNames()
      const finders = {
        sources: createSourceFinder(parts.readMark, folders),
        companions: createCompanionFinder(folders),
      }
      const isLeft = (path: string) => state.after === '' || compareCandidates(path, state.after) > 0
      const rest = candidates.filter((path) => isLeft(path) && !exports.has(path))
      const models = rest.filter(isModelName)
      job.progress({ unit: 'files', done: state.done, total: state.done + rest.length })
      try {
        // Other files that were named come after all models, of which they may be data.
        for (const paths of [models, rest.slice(models.length)]) {
          const named = paths.map((path) => ({ path, names: names.get(path) ?? [] }))
          await takeBatches(batchesOf(named), request, finders, job, state)
        }
      } catch (error) {
        // Nobody would start it again: what a watch has told of once, it does not tell again.
        if (!request.Watched || !passes(error) || state.tries >= TRIES) throw error
        job.save(structuredClone({ ...state, tries: state.tries + 1 }))
        throw new JobPostponed(error.message, AGAIN * 2 ** state.tries)
      } finally {
        // Whether they run here is found out afterwards: it would take the processor from reading.
        if (state.done > 0) parts.onNewModels()
      }
      const { after: _, done: __, exports: ___, tries: ____, ...result } = state
      return { result, message: closingSentence(state) }
    },
  })
}

function atBeginning(): Checkpoint {
  return {
    after: '',
    done: 0,
    exports: null,
    tries: 0,
    Imported: 0,
    Present: 0,
    Changed: 0,
    Trashed: 0,
    Refused: 0,
    Merged: [],
    Files: [],
    Excluded: [],
  }
}

function batchesOf(files: readonly Named[]): Named[][] {
  return Array.from({ length: Math.ceil(files.length / BATCH) }, (_, at) => files.slice(at * BATCH, (at + 1) * BATCH))
}

function note(state: Checkpoint, { outcome, path, uuid }: PathResult): void {
  if (outcome === 'imported') state.Imported++
  else if (outcome === 'changed') state.Changed++
  else if (outcome === 'trashed') state.Trashed++
  else if (outcome === 'present') state.Present++
  if (state.Files.length < TOLD) state.Files.push({ Path: path, Outcome: outcome, UUID: uuid })
}

function closingSentence({
  Imported,
  Present,
  Changed,
  Trashed,
  Refused,
  Merged: merged,
  Excluded,
}: Checkpoint): string {
  const count = (number: number, one: string, many: string) => (number === 0 ? [] : [plural(number, one, many)])
  const parts = [
    ...count(Refused, 'refused', 'refused'),
    ...count(Imported, 'model imported', 'models imported'),
    ...count(Present, 'was already here', 'were already here'),
    ...count(Changed, 'renewed', 'renewed'),
    ...count(Trashed, 'is in the trash', 'are in the trash'),
  ]
  const sentences = [parts.length > 0 ? `${parts.join(', ')}.` : 'No models found.']
  if (Excluded.length > 0) {
    const left = Excluded.reduce((sum, { Count }) => sum + Count, 0)
    const patterns = Excluded.map(({ Pattern }) => Pattern).join(', ')
    sentences.push(`${plural(left, 'file or folder', 'files and folders')} left out: ${patterns}.`)
  }
  if (merged.length > 0) {
    const more = merged.length > 3 ? ` and ${groupedNumber(merged.length - 3)} more` : ''
    sentences.push(`Merged by name into your own: ${merged.slice(0, 3).join(', ')}${more}.`)
  }
  return sentences.join(' ')
}
