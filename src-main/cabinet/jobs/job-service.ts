import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import type { ImportRequest, PathRequest } from '../../../src-contract/contract/admin/admin.ts'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { BulkRequest, Job } from '../../../src-contract/contract/admin/job.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { checkBackupFolder } from '../backups/backup-job.ts'
import { readManifest } from '../backups/manifest.ts'
import type { CatalogueService } from '../catalogues/catalogue-service.ts'
import { BulkCheckpoint, BulkInput } from '../functions/bulk-job.ts'
import type { FunctionService } from '../functions/function-service.ts'
import type { ListingService } from '../listing/listing.ts'
import { selectedFunctions } from '../listing/selection.ts'
import type { JobDefinition } from './job-definition.ts'
import type { JobRunner, WrittenJobs } from './job-runner.ts'

/** Long work: each start writes the job down and returns at once; it survives a restart. Progress comes as `job.changed` events. */
export type JobService = WrittenJobs & {
  /** The same change for many functions; which ones a filter means is settled now, and none is changed where the signal aborts before. @throws Problem `invalid`. */
  startBulk(caller: Caller, request: BulkRequest, options?: { signal?: AbortSignal | undefined }): Promise<Job>
  /** UUIDs of the functions that a bulk request means. @throws Problem `invalid` (field `Filter`, `Job`), `not-found`. */
  chosenBy(caller: Caller, request: BulkRequest, options?: { signal?: AbortSignal | undefined }): Promise<string[]>
  /** Imports files, folders, zips and exports by path. @throws Problem `invalid` (field `Paths`) where one does not exist. */
  startImport(caller: Caller, request: ImportRequest): Job
  /** Writes a complete copy into a folder that does not exist yet or is empty. @throws Problem `invalid` (field `Path`). */
  startBackup(caller: Caller, request: PathRequest): Job
  /** Makes the cabinet what it was when a backup was made. @throws Problem `invalid` (field `Path`) where it is no complete backup. */
  startRestore(caller: Caller, request: PathRequest): Job
  /** Reads every file and row and names what is lost, damaged or changed by hand. */
  startVerify(caller: Caller): Job
}

type Parts = {
  runner: JobRunner
  definitions: readonly JobDefinition[]
  listing: ListingService
  functions: Pick<FunctionService, 'trashed'>
  catalogues: Pick<CatalogueService, 'list'>
  dataDirectory: string
}

/** The jobs of a cabinet: what each start refuses is refused before a job is written down. */
export function createJobService({
  runner,
  definitions,
  listing,
  functions: { trashed },
  catalogues,
  dataDirectory,
}: Parts): JobService {
  for (const definition of definitions) runner.register(definition)

  /** As far as the job came, where it ended before it was done. @throws Problem `not-found`; `invalid` (field `Job`) where it is no bulk change. */
  function functionsOf(job: string): string[] {
    const { input, checkpoint, state } = runner.written(job)
    const { success, data } = BulkInput.safeParse(input)
    if (!success) throw new Problem('invalid', 'This job is not a bulk change.', { field: 'Job' })
    const reached = BulkCheckpoint.nullable().parse(checkpoint)?.next ?? 0
    return state === 'cancelled' || state === 'failed' ? data.functions.slice(0, reached) : data.functions
  }

  const chosenBy: JobService['chosenBy'] = async (caller, request, options) => {
    const { Functions, Filter, Job, Trash, Except, Change } = request
    const named = Job === undefined ? (Trash ? trashed() : Functions) : functionsOf(Job)
    const inTrash = Change.Undelete || Change.Purge
    return [
      ...(await selectedFunctions(listing, { Functions: named, Filter, Except }, { ...options, caller, inTrash })),
    ]
  }

  return {
    list: runner.list,
    get: runner.get,
    cancel: runner.cancel,
    pause: runner.pause,
    resume: runner.resume,
    retry: runner.retry,
    chosenBy,
    async startBulk(caller, request, options) {
      const functions = await chosenBy(caller, request, options)
      options?.signal?.throwIfAborted()
      return runner.start(caller, 'bulk', { functions, change: toJson(request.Change) })
    },
    startImport(caller, request) {
      for (const path of request.Paths) {
        if (!isAbsolute(path)) throw new Problem('invalid', `${path} is not an absolute path.`, { field: 'Paths' })
        if (!existsSync(path)) throw new Problem('invalid', `${path} does not exist.`, { field: 'Paths' })
      }
      const { Catalogue } = request
      if (Catalogue !== undefined && !catalogues.list().some(({ UUID }) => UUID === Catalogue)) {
        throw new Problem('invalid', `There is no catalogue ${Catalogue}.`, { field: 'Catalogue' })
      }
      return runner.start(caller, 'import', toJson(request))
    },
    startBackup: (caller, { Path }) => runner.start(caller, 'backup', { Path: checkBackupFolder(Path, dataDirectory) }),
    startRestore(caller, { Path }) {
      readManifest(Path)
      return runner.start(caller, 'restore', { Path })
    },
    startVerify: (caller) => runner.start(caller, 'verify', {}),
  }
}

/** Leaves out what is undefined, which JSON does not know. */
function toJson(value: ImportInput | BulkInput['change']) {
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(value)))
}
type ImportInput = Parameters<JobService['startImport']>[1]
