import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { FunctionDetail, FunctionItem, FunctionUpdate } from '../../../src-contract/contract/functions/function.ts'
import type { HistoryEntry } from '../../../src-contract/contract/functions/history.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import type { StagedFile } from '../../files/staged-file.ts'

/** A received part: `fileName` as the client sent it (only its last path segment is used, and only for display). */
export type UploadedFile = StagedFile & { fileName: string }
export type UploadedDownload = UploadedFile & { mimeType: string }

/** The files of one request: the model (`.onnx` or `.zip`), and files for other devices. */
export type UploadedFiles = { bundle?: UploadedFile; downloads?: UploadedDownload[] }

/** A function and its revision, which the API tells as `ETag: "<revision>"`. */
export type FunctionRecord = { body: FunctionDetail; revision: number }

/** A file to stream; `sha256` is its ETag. */
export type DownloadFile = { path: string; size: number; sha256: string; mimeType: string; name: string }

/**
 * Where a function's model is on this machine, for the runtime. `external` are its external-data files by their location; `inPlace`
 * says that these are all that it names, and each is where it names it.
 */
export type ModelFiles = {
  path: string
  sha256: string
  external: { location: string; path: string }[]
  inPlace: boolean
}

/** A function in the trash, with the time from which its files may be removed. */
type TrashItem = FunctionItem & { DeletedAt: string; PurgedAfter: string }

/** `expectedRevisions`: of these the function must be at one. */
type Change = { expectedRevisions?: readonly number[]; signal?: AbortSignal }

/**
 * The functions of the cabinet. Functions in the trash are `not-found` everywhere but in `history`, `trash`, `undelete` and `purge`.
 * Staged files that come in are kept or discarded whatever happens; the caller need not clean up.
 */
export type FunctionService = {
  /** @throws Problem `not-found`. */
  get(uuid: string): FunctionRecord
  /**
   * Adds a function. Without `Name` it takes the bundle's stem, without drivers `vision` and `{}` (contract.md 4). The structure of the
   * bundle is read before this returns; whether it runs here is found out afterwards.
   * @throws Problem `invalid`, with field `bundle` where the file is no readable model, `Name` where there is neither name nor file,
   * `Catalogues` where one is unknown; `storage-full`; `time-out` where reading took too long. Nothing is left behind then.
   */
  create(
    caller: Caller,
    input: FunctionUpdate,
    files: UploadedFiles,
    change?: { signal?: AbortSignal },
  ): Promise<FunctionRecord>
  /** Throws what `update` would: asked before the files of an update are received. */
  refuseUpdate(uuid: string, change?: Change): void
  /**
   * Changes the keys that are present, and replaces the model by `bundle`, and the device files of the same MIME type by `downloads`.
   * A change that changes nothing writes nothing and keeps the revision.
   * @throws Problem as `create`; `not-found`; `precondition-failed` where the present revision is none of the expected ones.
   */
  update(
    caller: Caller,
    uuid: string,
    patch: FunctionUpdate,
    files: UploadedFiles,
    change?: Change,
  ): Promise<FunctionRecord>
  /** Moves it to the trash, from where it can be brought back for 30 days. @throws Problem `not-found`, `precondition-failed`. */
  remove(caller: Caller, uuid: string, change?: Change): void
  /** @throws Problem `not-found`, also where the function has no model file. */
  inspection(uuid: string): Inspection
  /** @throws Problem `not-found`; `unavailable` where the file is lost. */
  download(uuid: string, name: string): DownloadFile
  /** @throws Problem `not-found`, also where the function has no model file. */
  modelFiles(uuid: string): ModelFiles
  /** Newest first. */
  history(uuid: string): HistoryEntry[]
  /** Makes a new revision with the content of an earlier one, file included. @throws Problem `not-found` (field `Revision`). */
  restore(caller: Caller, uuid: string, revision: number, change?: Change): Promise<FunctionRecord>
  /** Latest deletion first. */
  trash(page?: { offset: number; limit: number }): TrashItem[]
  /** Brings a function back from the trash. @throws Problem `not-found`. */
  undelete(caller: Caller, uuid: string): FunctionRecord
  /** Removes a function in the trash for good; its files follow unless others use them. @throws Problem `not-found`. */
  purge(caller: Caller, uuid: string): void
}
