import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { TRASH_TIME } from '../../files/file-store.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { StoredFunction } from '../../store/repositories/function-repository.ts'
import { now } from '../kernel/change-log.ts'
import type { NewFiles } from './function-changes.ts'
import { restoreFunction, toHistory } from './function-history.ts'
import type { FunctionServiceParts } from './function-parts.ts'
import type { FunctionRecord, FunctionService, ModelFiles, UploadedFiles } from './function-service.ts'
import { keepThenCommit } from './keep-files.ts'
import { prepareBundle, prepareDownloads } from './prepare-model.ts'

export function createFunctionService(parts: FunctionServiceParts): FunctionService {
  const { changeLog, repositories, files, reader, writer, changes, limit, onNewModel, onPurged } = parts
  const { functions, downloads, inspections, revisions } = repositories

  function record(uuid: string): FunctionRecord {
    const stored = changes.find(uuid)
    return toRecord(stored, downloads.list(stored.id))
  }

  /** Reads and keeps what was uploaded, then commits; staged files are gone afterwards whatever happens. */
  async function withFiles<T>(
    uploaded: UploadedFiles,
    signal: AbortSignal | undefined,
    commit: (files: NewFiles) => T,
    refuse: () => void = () => {},
  ): Promise<T> {
    const { bundle, downloads: others = [] } = uploaded
    const options = { reader, directory: files.incoming, limit: limit(), ...(signal && { signal }) }
    try {
      refuse()
      const model = bundle && (await prepareBundle(bundle, options))
      const devices = prepareDownloads(others)
      const prepared = [...(model?.files ?? []), ...devices]
      const isNamed = downloads.isStored
      return await keepThenCommit(files, prepared, { isNamed, ...(signal && { signal }) }, () =>
        commit({ model, devices }),
      )
    } finally {
      await Promise.all([bundle, ...others].map((file) => file?.discard()))
    }
  }

  function findTrashed(uuid: string): StoredFunction & { deletedAt: string } {
    const found = functions.find(uuid)
    if (!found || found.deletedAt === null) {
      throw new Problem('not-found', 'There is no function with this UUID in the trash.', { uuid })
    }
    return { ...found, deletedAt: found.deletedAt }
  }

  function pathOf({ sha256, place }: FunctionFile): string {
    return place.kind === 'referenced' ? place.path : files.pathOf(sha256)
  }

  return {
    get: record,

    async create(caller, input, uploaded, { signal } = {}) {
      const uuid = await withFiles(uploaded, signal, (newFiles) => changes.insert(caller, input, newFiles))
      if (uploaded.bundle) onNewModel(uuid)
      return record(uuid)
    },

    refuseUpdate(uuid, { expectedRevisions } = {}) {
      changes.findAt(uuid, expectedRevisions)
    },

    async update(caller, uuid, patch, uploaded, { expectedRevisions, signal } = {}) {
      const commit = (newFiles: NewFiles) => changes.update(caller, uuid, patch, newFiles, expectedRevisions)
      if (!uploaded.bundle && !uploaded.downloads) {
        signal?.throwIfAborted()
        const { stored, files: present } = commit({ devices: [] })
        return toRecord(stored, present)
      }
      const refuse = () => changes.findAt(uuid, expectedRevisions)
      const { stored, files: present } = await withFiles(uploaded, signal, commit, refuse)
      if (uploaded.bundle) onNewModel(uuid)
      return toRecord(stored, present)
    },

    remove(caller, uuid, { expectedRevisions } = {}) {
      changeLog.change((recordEvent) => {
        const stored = changes.findAt(uuid, expectedRevisions)
        const at = now()
        writer.setDeleted(stored, at, caller.name)
        const summary = `Moved “${stored.item.Name}” to the trash`
        const change = [{ Field: 'DeletedAt', Before: null, After: at }]
        recordEvent({ kind: 'function.deleted', uuid, by: caller.name, summary, change })
      })
    },

    inspection(uuid): Inspection {
      const found = inspections.find(changes.find(uuid).id)
      if (!found) throw new Problem('not-found', 'This function has no model file yet.', { uuid })
      return found
    },

    download(uuid, name) {
      const file = downloads.find(changes.find(uuid).id, name)
      if (!file) throw new Problem('not-found', `This function has no file “${name}”.`, { uuid })
      const path = pathOf(file)
      refuseLost(file, path, uuid)
      return { path, size: file.size, sha256: file.sha256, mimeType: file.mimeType, name: file.name }
    },

    modelFiles(uuid) {
      const { id } = changes.find(uuid)
      const all = downloads.list(id)
      const model = all.find(({ role }) => role === 'model')
      if (!model) throw new Problem('not-found', 'This function has no model file yet.', { uuid })
      const external = all.flatMap((file) =>
        file.location === null ? [] : [{ location: file.location, path: pathOf(file) }],
      )
      const path = pathOf(model)
      const inPlace = namesOnly(external, path, inspections.externalFiles(id)) && isAsHashed(model, path)
      return { path, sha256: model.sha256, external, inPlace }
    },

    history(uuid) {
      const stored = functions.find(uuid)
      if (!stored) throw new Problem('not-found', 'There is no function with this UUID.', { uuid })
      return toHistory(revisions.list(stored.id))
    },

    async restore(caller, uuid, revision, { expectedRevisions, signal } = {}) {
      const stored = changes.findAt(uuid, expectedRevisions)
      const newModel = await restoreFunction(parts, caller, stored, revision, signal)
      if (newModel) onNewModel(uuid)
      return record(uuid)
    },

    trash({ offset, limit: count } = { offset: 0, limit: 1_000 }) {
      return functions.listTrash(count, offset).map(({ item, deletedAt }) => ({
        ...item,
        DeletedAt: deletedAt,
        PurgedAfter: new Date(Date.parse(deletedAt) + TRASH_TIME).toISOString(),
      }))
    },

    undelete(caller, uuid) {
      changeLog.change((recordEvent) => {
        const stored = findTrashed(uuid)
        writer.setDeleted(stored, null, caller.name)
        const summary = `Brought “${stored.item.Name}” back from the trash`
        const change = [{ Field: 'DeletedAt', Before: stored.deletedAt, After: null }]
        recordEvent({ kind: 'function.undeleted', uuid, by: caller.name, summary, change })
      })
      return record(uuid)
    },

    purge(caller, uuid) {
      changeLog.change((recordEvent) => {
        const stored = findTrashed(uuid)
        functions.purge(stored.id)
        const summary = `Removed “${stored.item.Name}” for good`
        const change = [{ Field: 'Name', Before: stored.item.Name, After: null }]
        recordEvent({ kind: 'function.purged', uuid, by: caller.name, summary, change })
      })
      onPurged()
    },
  }
}

/** @throws Problem `unavailable` where the file is not as it was when it was hashed, as far as a look at it tells. */
function refuseLost(file: FunctionFile, path: string, uuid: string): void {
  if (!existsSync(path)) {
    const where = file.place.kind === 'referenced' ? ` It was at ${path}.` : ''
    throw new Problem('unavailable', `The file “${file.name}” is lost.${where}`, { uuid })
  }
  if (!isAsHashed(file, path)) {
    throw new Problem('unavailable', `The file “${file.name}” has changed since it was added.`, { uuid })
  }
}

function isAsHashed({ size, place }: FunctionFile, path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status?.size !== size) return false
  return place.kind === 'stored' || Math.abs(status.mtimeMs - place.modifiedAt) <= 1
}

/** Whether every file that a model names is among these, in the place below the model's folder where ONNX Runtime looks for it. */
function namesOnly(external: ModelFiles['external'], modelPath: string, named: readonly string[] | undefined): boolean {
  return (
    named?.every((location) => {
      const wanted = join(dirname(modelPath), location)
      return external.some((file) => file.location === location && file.path === wanted)
    }) === true
  )
}

function toRecord({ item, revision }: StoredFunction, files: readonly FunctionFile[]): FunctionRecord {
  const Downloads = files.map(({ mimeType, name, size, sha256 }) => ({
    MimeType: mimeType,
    Name: name,
    Size: size,
    Sha256: sha256,
    Url: `/function/${item.UUID}/download/${encodeURIComponent(name)}`,
  }))
  return { body: { ...item, Downloads }, revision }
}
