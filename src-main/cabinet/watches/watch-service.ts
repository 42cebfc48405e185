import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { Watch, WatchRequest } from '../../../src-contract/contract/admin/watch.ts'

/** Folders whose models are imported as they appear, and watched for what moves or vanishes. */
export type WatchService = {
  /** By path. */
  list(): Watch[]
  /**
   * Begins to watch a folder, and imports what is in it as a job.
   * @throws Problem `invalid` (field `Path`, `Catalogue`) where it is no folder or the cabinet's own; `conflict` where it is watched already.
   */
  add(caller: Caller, request: WatchRequest): Promise<Watch>
  /** Ends watching; what was imported stays. @throws Problem `not-found`. */
  remove(caller: Caller, uuid: string): Promise<void>
}
