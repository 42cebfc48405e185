import { z } from 'zod'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { isModelName } from '../../../src-contract/util/model-file-types.ts'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import { nameFiles } from '../../../src-contract/words/name-files.ts'
import { createExclusion } from '../../files/exclusion.ts'
import { compareCandidates, findCandidates, pathSentence } from '../../files/find-candidates.ts'
import { createFolderNames } from '../../files/folder-names.ts'
import { contentOf } from '../../store/content-digest.ts'
import type { StoredFunction } from '../../store/repositories/function-repository.ts'
import type { CatalogueService } from '../catalogues/catalogue-service.ts'
import { type CompanionFinder, createCompanionFinder } from '../companions/find-companions.ts'
import type { ExportParts } from '../exports/import-export.ts'
import { importExports } from '../exports/import-exports.ts'
import { keepThenCommit } from '../functions/keep-files.ts'
import type { PreparedFile } from '../functions/prepared-files.ts'
import { defineJob, type JobRun } from '../jobs/job-definition.ts'
import { currentSnapshots } from '../sources/current-snapshots.ts'
import { createSourceFinder, type MarkReader, type SourceFinder } from '../sources/find-source.ts'
import type { SourceFacts } from '../sources/recognisers.ts'
import { type CommitParts, commitPaths, type PathResult } from './commit-paths.ts'
import { createFolderCatalogues } from './folder-catalogues.ts'
import { type PreparedPath, type PrepareParts, preparePath } from './prepare-path.ts'

/** Files that are committed together: each commit waits for the disk, and nothing else is answered while its rows are written. */
const BATCH = 32
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

/** A file with the names that it may have, the shortest first. */
type Named = { path: string; names: string[] }
type Prepared = Named & Exclude<PreparedPath, { outcome: 'refused' }> & { source?: SourceFacts }

/** What looks through the folders around models, for one import. */
type Finders = { sources: SourceFinder; companions: CompanionFinder }

/** Imports files and folders of this machine. Bytes that are already here are not added again, but filed. */
export function importJob(parts: Parts) {
  const { repositories, files } = parts

  async function prepare(
    file: Named,
    { Mode, Locate }: ImportRequest,
    state: Checkpoint,
    { sources, companions }: Finders,
    job: JobRun<Checkpoint>,
  ): Promise<Prepared[]> {
    try {
      const found = await preparePath(file.path, Mode, { ...parts, companions }, job.signal)
      if (Locate !== undefined) for (const one of found) await refuseOthers(one, parts.changes.find(Locate))
      const names = nameFiles(found.flatMap(({ path }) => path ?? []))
      const prepared: Prepared[] = []
      for (const one of found) {
        const { path = file.path } = one
        const named = { path, names: names.get(path) ?? file.names }
        if (one.outcome === 'refused') refuse(path, one.message)
        else if (one.outcome !== 'read') prepared.push({ ...one, ...named })
        else prepared.push({ ...one, ...named, source: await sources.of(path, one.model.inspection) })
      }
      return prepared
    } catch (error) {
      job.signal.throwIfAborted()
      // What is wrong with one file does not stop the others; a full disk does.
      if (error instanceof Problem && ['storage-full', 'unavailable'].includes(error.code)) throw error
      return refuse(file.path, error instanceof Problem ? error.message : pathSentence(error))
    }

    function refuse(path: string, message: string): [] {
      job.failure(path, message)
      state.Refused++
      return []
    }
  }

  async function takeBatch(
    batch: readonly Named[],
    request: ImportRequest,
    state: Checkpoint,
    finders: Finders,
    job: JobRun<Checkpoint>,
  ) {
    const prepared = (await settleAll(batch.map((file) => prepare(file, request, state, finders, job)))).flat()
    const staged = prepared.flatMap(filesOf)
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
    const { isStored } = repositories.downloads
    await keepThenCommit(files, staged, { isNamed: isStored, signal: job.signal }, () =>
      parts.changeLog.change(() => {
        for (const one of commitPaths(prepared, options, parts, job.caller)) note(state, one)
        state.done += batch.length
        state.after = batch.at(-1)?.path ?? state.after
        job.save(structuredClone(state))
      }),
    )
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
        for (const batched of [...batchesOf(models), ...batchesOf(rest.slice(models.length))]) {
          const batch = batched.map((path) => ({ path, names: names.get(path) ?? [] }))
          job.progress({ message: `Importing ${batch[0]?.path}` })
          await takeBatch(batch, request, state, finders, job)
          job.progress({ done: state.done })
          await job.breathe()
        }
      } finally {
        // Whether they run here is found out afterwards: it would take the processor from reading.
        if (state.done > 0) parts.onNewModels()
      }
      const { after: _, done: __, exports: ___, ...result } = state
      return { result, message: closingSentence(state) }
    },
  })
}

/** Where the files of one function are looked for, nothing else is taken for them. */
async function refuseOthers(prepared: PreparedPath, { fileSha256, item }: StoredFunction): Promise<void> {
  if (prepared.outcome === 'refused') return
  if (prepared.outcome !== 'read') {
    if (prepared.uuid === item.UUID) return
    throw new Problem('invalid', 'It belongs to another model of the cabinet.')
  }
  const { files, inspection } = prepared.model
  const { sha256 } = contentOf(
    files,
    inspection.External.map(({ Location }) => Location),
  )
  if (item.ContentSha256 === null ? inspection.FileSha256 === fileSha256 : sha256 === item.ContentSha256) return
  await Promise.all(files.map(({ staged }) => staged?.discard()))
  throw new Problem('invalid', 'It is not what was added: its digest, or that of its data files, is another.')
}

function atBeginning(): Checkpoint {
  return {
    after: '',
    done: 0,
    exports: null,
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

function batchesOf(paths: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(paths.length / BATCH) }, (_, at) => paths.slice(at * BATCH, (at + 1) * BATCH))
}

function note(state: Checkpoint, { outcome, path, uuid }: PathResult): void {
  if (outcome === 'imported') state.Imported++
  else if (outcome === 'changed') state.Changed++
  else if (outcome === 'trashed') state.Trashed++
  else if (outcome === 'present') state.Present++
  if (state.Files.length < TOLD) state.Files.push({ Path: path, Outcome: outcome, UUID: uuid })
}

/** The files that a commit may keep. */
function filesOf(prepared: PreparedPath): readonly PreparedFile[] {
  if (prepared.outcome === 'read') return prepared.model.files
  return (prepared.outcome === 'present' && prepared.companions) || []
}

/** Waits for all, so that nothing goes on behind the back of an error; what was staged in vain is discarded. */
async function settleAll(work: Promise<Prepared[]>[]): Promise<Prepared[][]> {
  const settled = await Promise.allSettled(work)
  const failed = settled.find((one) => one.status === 'rejected')
  if (!failed) return Promise.all(work)
  for (const one of settled) {
    const files = (one.status === 'fulfilled' ? one.value : []).flatMap(filesOf)
    await Promise.all(files.map(({ staged }) => staged?.discard()))
  }
  throw failed.reason
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
