import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { FunctionDetail, FunctionUpdate } from '../../../src-contract/contract/functions/function.ts'
import type { HistoryEntry } from '../../../src-contract/contract/functions/history.ts'
import type { ChosenFunctions } from '../../../src-contract/contract/functions/selection.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { createKeyedMutex } from '../../../src-contract/util/keyed-mutex.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { StoredFunction } from '../../store/repositories/function-repository.ts'
import type { ReferenceRepository } from '../../store/repositories/reference-repository.ts'
import { filledBy } from '../companions/apply-card.ts'
import { withLabels } from '../companions/labels.ts'
import type { Context } from '../kernel/context.ts'
import type { NewFiles } from './function-changes.ts'
import { type RestoreParts, restoreFunction, toHistory } from './function-history.ts'
import { stateOf } from './function-state.ts'
import type { FunctionWriter } from './function-writer.ts'
import { keepThenCommit } from './keep-files.ts'
import { prepareBundle, prepareDownloads, type UploadedFiles } from './prepare-model.ts'
import { createTrash } from './trash.ts'

/** A function and its revision, which the API tells as `ETag: "<revision>"`. */
export type FunctionRecord = { body: FunctionDetail; revision: number }

/** `expectedRevisions`: of these the function must be at one. */
type Change = Context & { expectedRevisions?: readonly number[] }

/** What the function service is made of. */
type Parts = RestoreParts & {
  references: Pick<ReferenceRepository, 'pathsOf'>
  writer: FunctionWriter
  /** Most bytes that a file, and an archive unpacked, may have. */
  limit: () => number
  /** Told of functions whose model is new, once they are on disk. */
  onNewModel(uuid: string): void
}

/** Functions that are named of those that a request means. */
const SAMPLE = 20

/**
 * The functions of the cabinet. Functions in the trash are `not-found` everywhere but in `history`, `trash`, `undelete` and `purge`.
 * Staged files that come in are kept or discarded whatever happens; the caller need not clean up.
 */
export function createFunctionService(parts: Parts) {
  const { changeLog, repositories, references, files, reader, writer, changes, limit, onNewModel } = parts
  const { functions, downloads, inspections, revisions } = repositories
  const oneByOne = createKeyedMutex<'large' | 'small'>()
  const trash = createTrash({ changeLog, functions, clock: repositories.clock, changes, writer })

  function record(uuid: string): FunctionRecord {
    const stored = changes.find(uuid)
    return recordOf(stored, downloads.list(stored.id))
  }

  const recordOf = (stored: StoredFunction, present: readonly FunctionFile[]) =>
    toRecord(stored, present, references.pathsOf(stored.id))

  /**
   * Reads and keeps what was uploaded, then commits; staged files are gone afterwards whatever happens. Uploads take turns: many at once
   * would not be quicker, and keep everyone else waiting.
   */
  async function withFiles<T>(
    uploaded: UploadedFiles,
    signal: AbortSignal | undefined,
    commit: (files: NewFiles) => T,
    refuse?: () => void,
  ): Promise<T> {
    const size = sizeOf(uploaded) > LARGE ? 'large' : 'small'
    return oneByOne(size, () => takeFiles(uploaded, signal, commit, refuse))
  }

  async function takeFiles<T>(
    uploaded: UploadedFiles,
    signal: AbortSignal | undefined,
    commit: (files: NewFiles) => T,
    refuse: () => void = () => {},
  ): Promise<T> {
    const { bundle, external = [], downloads: others = [] } = uploaded
    const options = { reader, directory: files.incoming, limit: limit(), signal }
    try {
      refuse()
      if (external.length > 0 && !bundle) {
        const sentence = 'External-data files come with their model: send it as the part file.'
        throw new Problem('invalid', sentence, { field: 'external' })
      }
      const model = bundle && (await prepareBundle(bundle, options, external))
      const devices = await prepareDownloads(others, options, bundle?.fileName)
      const prepared = [...(model?.files ?? []), ...devices]
      const isNamed = downloads.isStored
      return await keepThenCommit(files, prepared, { isNamed, writeLock: changeLog.writeLock, signal }, () =>
        commit({ model, devices }),
      )
    } finally {
      await Promise.all([bundle, ...external, ...others].map((file) => file?.discard()))
    }
  }

  return {
    /** @throws Problem `not-found`. */
    get: record,

    /**
     * Adds a function. Without `Name` it takes the bundle's stem, without drivers `vision` and `{}` (contract.md 4). The structure of the
     * bundle is read before this returns; whether it runs here is found out afterwards.
     * @throws Problem `invalid`, with field `bundle` where the file is no readable model, `Name` where there is neither name nor file,
     * `Catalogues` where one is unknown; `storage-full`; `time-out` where reading took too long. Nothing is left behind then.
     */
    async create(
      caller: Caller,
      input: FunctionUpdate,
      uploaded: UploadedFiles,
      { signal }: Context = {},
    ): Promise<FunctionRecord> {
      const uuid = await withFiles(uploaded, signal, (newFiles) => changes.insert(caller, input, newFiles))
      if (uploaded.bundle) onNewModel(uuid)
      return record(uuid)
    },

    /** Throws what `update` would: asked before the files of an update are received. */
    refuseUpdate(uuid: string, { expectedRevisions }: Change = {}): void {
      changes.findAt(uuid, expectedRevisions)
    },

    /**
     * Changes the keys that are present, and replaces the model by `bundle`, and the device files of the same MIME type by `downloads`.
     * A change that changes nothing writes nothing and keeps the revision.
     * @throws Problem as `create`; `not-found`; `precondition-failed` where the present revision is none of the expected ones.
     */
    async update(
      caller: Caller,
      uuid: string,
      patch: FunctionUpdate,
      uploaded: UploadedFiles,
      { expectedRevisions, signal }: Change = {},
    ): Promise<FunctionRecord> {
      const commit = (newFiles: NewFiles) => changes.update(caller, uuid, patch, newFiles, expectedRevisions)
      if (!uploaded.bundle && !uploaded.external && !uploaded.downloads) {
        signal?.throwIfAborted()
        const { stored, files: present } = commit({ devices: [] })
        return recordOf(stored, present)
      }
      const refuse = () => changes.findAt(uuid, expectedRevisions)
      const { stored, files: present } = await withFiles(uploaded, signal, commit, refuse)
      if (uploaded.bundle) onNewModel(uuid)
      return recordOf(stored, present)
    },

    /** @throws Problem `not-found`, also where the function has no model file. */
    inspection(uuid: string): Inspection {
      const { id } = changes.find(uuid)
      const report = inspections.find(id)
      if (!report) throw new Problem('not-found', 'This function has no model file yet.', { uuid })
      return withLabels(report, downloads.list(id), files.pathOf)
    },

    /** Newest first, long values cut. */
    history(uuid: string, page = { offset: 0, limit: 1_000 }): { rows: HistoryEntry[]; total: number } {
      const id = functions.idOf(uuid)
      if (id === undefined) throw new Problem('not-found', 'There is no function with this UUID.', { uuid })
      return { rows: toHistory(revisions.page(id, page)), total: revisions.count(id) }
    },

    /** Makes a new revision with the content of an earlier one, file included. @throws Problem `not-found` (field `Revision`). */
    async restore(
      caller: Caller,
      uuid: string,
      revision: number,
      { expectedRevisions, signal }: Change = {},
    ): Promise<FunctionRecord> {
      const stored = changes.findAt(uuid, expectedRevisions)
      const newModel = await restoreFunction(parts, caller, stored, revision, signal)
      if (newModel) onNewModel(uuid)
      return record(uuid)
    },

    ...trash,

    /** How many functions are meant, and the first of them, in the trash or not. */
    named: (uuids: readonly string[]): ChosenFunctions => ({
      Total: uuids.length,
      Sample: uuids.slice(0, SAMPLE).flatMap((UUID) => {
        const Name = functions.find(UUID)?.item.Name
        return Name === undefined ? [] : [{ Name, UUID }]
      }),
    }),

    /** Brings a function back from the trash. @throws Problem `not-found`. */
    undelete(caller: Caller, uuid: string): FunctionRecord {
      trash.undelete(caller, uuid)
      return record(uuid)
    },
  }
}

/** Bytes beyond which an upload is not waited for by small ones. */
const LARGE = 16 * 1024 * 1024

const sizeOf = ({ bundle, external = [], downloads = [] }: UploadedFiles) =>
  [...(bundle ? [bundle] : []), ...external, ...downloads].reduce((sum, { size }) => sum + size, 0)

export type FunctionService = ReturnType<typeof createFunctionService>

function toRecord(stored: StoredFunction, files: readonly FunctionFile[], Paths: string[]): FunctionRecord {
  const { item, revision, card } = stored
  const Card = card && { Name: card.Name, Filled: filledBy(card, stateOf(stored, [])), Problem: card.Problem }
  const Downloads = files.map(({ role, mimeType, name, size, sha256, location }) => ({
    Role: role,
    MimeType: mimeType,
    Name: name,
    Size: size,
    Sha256: sha256,
    Location: location,
    Url: `/function/${item.UUID}/download/${encodeURIComponent(name)}`,
  }))
  return { body: { ...item, Paths, Downloads, Card }, revision }
}
