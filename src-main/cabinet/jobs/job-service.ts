import type { ImportRequest, PathRequest } from '../../../src-contract/contract/admin/admin.ts'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { BulkRequest, Job } from '../../../src-contract/contract/admin/job.ts'

/** Long work: each start writes the job down and returns at once; it survives a restart. Progress comes as `job.changed` events. */
export type JobService = {
  /** Newest first. */
  list(page?: { offset: number; limit: number }): Job[]
  /** @throws Problem `not-found`. */
  get(uuid: string): Job
  /** @throws Problem `not-found`; `conflict` where the job's state does not allow it (the same for the next three). */
  cancel(caller: Caller, uuid: string): Job
  pause(caller: Caller, uuid: string): Job
  resume(caller: Caller, uuid: string): Job
  retry(caller: Caller, uuid: string): Job
  /** The same change for many functions; which ones a filter means is settled now, and none is changed where the signal aborts before. @throws Problem `invalid`. */
  startBulk(caller: Caller, request: BulkRequest, options?: { signal?: AbortSignal }): Promise<Job>
  /** Imports files, folders, zips and exports by path. @throws Problem `invalid` (field `Paths`) where one does not exist. */
  startImport(caller: Caller, request: ImportRequest): Job
  /** Writes a complete copy into a folder that does not exist yet or is empty. @throws Problem `invalid` (field `Path`). */
  startBackup(caller: Caller, request: PathRequest): Job
  /** Makes the cabinet what it was when a backup was made. @throws Problem `invalid` (field `Path`) where it is no complete backup. */
  startRestore(caller: Caller, request: PathRequest): Job
  /** Reads every file and row and names what is lost, damaged or changed by hand. */
  startVerify(caller: Caller): Job
}
