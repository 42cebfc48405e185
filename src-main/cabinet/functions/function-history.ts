import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { FieldChange } from '../../../src-contract/contract/admin/event.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { HistoryEntry } from '../../../src-contract/contract/functions/history.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { hashSteadily } from '../../files/file-look.ts'
import type { FileStore } from '../../files/file-store.ts'
import type { StoredFunction } from '../../store/repositories/function-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { StoredRevision } from '../../store/repositories/revision-repository.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { shortened } from '../kernel/short-change.ts'
import type { StructureReader } from '../reports/report-reader.ts'
import type { FunctionChanges } from './function-changes.ts'
import { type FileState, type FunctionState, rewound, stateOf } from './function-state.ts'

/** In the place of a change that cannot be read. */
const DAMAGED: FieldChange = { Field: 'Revision', Before: null, After: 'This revision is damaged and cannot be read.' }

/** The contract's history, newest first. */
export function toHistory(revisions: readonly StoredRevision[]): HistoryEntry[] {
  return revisions.map(({ number, at, by, change, damaged }) => {
    const model = modelIn(change)
    return {
      Revision: number,
      At: at,
      By: by,
      Change: damaged ? [DAMAGED] : change.map(shortened),
      ...(model && { File: { Name: model.Name, Size: model.Size, Sha256: model.Sha256 } }),
    }
  })
}

/** The model file that a change brought; undefined where it brought none or the same bytes as before. */
function modelIn(change: readonly FieldChange[]): FileState | undefined {
  const files = change.find(({ Field }) => Field === 'Files')
  const after = modelOf(files?.After)
  return after && after.Sha256 !== modelOf(files?.Before)?.Sha256 ? after : undefined
}

/** What tells two sets of files of a model apart. */
function contentIn({ Files }: FunctionState): string[] {
  const own = Files.filter(({ Role }) => Role === 'model' || Role === 'external')
  return own.map(({ Role, Location, Sha256, Path }) => [Role, Location, Sha256, Path].join(' ')).sort()
}

function modelOf(files: unknown): FileState | undefined {
  return Array.isArray(files) ? files.find((file: FileState) => file.Role === 'model') : undefined
}

export type RestoreParts = {
  changeLog: ChangeLog
  repositories: Repositories
  files: FileStore
  reader: StructureReader
  changes: FunctionChanges
}

/**
 * Makes a function again what it was at a revision, as a new revision. Catalogues that are gone since are left out. True where the model
 * file changed by it.
 */
export async function restoreFunction(
  { repositories, files, reader, changes, changeLog }: RestoreParts,
  caller: Caller,
  { item: { UUID }, id, revision: expected }: StoredFunction,
  revision: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!repositories.revisions.has(id, revision)) {
    throw new Problem('not-found', `This function has no revision ${revision}.`, { field: 'Revision', uuid: UUID })
  }
  const before = currentState()
  let target = before
  for (const { number, change, damaged } of repositories.revisions.after(id, revision)) {
    if (damaged) {
      const sentence = `Revision ${revision} cannot be restored: revision ${number}, which came after it, is damaged.`
      throw new Problem('unavailable', sentence, { uuid: UUID })
    }
    target = rewound(target, change)
  }
  const after = {
    ...target,
    Catalogues: target.Catalogues.filter((uuid) => repositories.catalogues.find(uuid)),
    Files: await Promise.all(target.Files.map(whereItIs)),
  }
  const newModel = !isDeepStrictEqual(contentIn(after), contentIn(before))
  const inspection = newModel ? await inspectAgain(after) : undefined
  await changeLog.writeLock.whenFree({ signal })
  changeLog.change((record) => {
    const stored = changes.findAt(UUID, [expected])
    const summary = `Restored “${after.Name}” to revision ${revision}`
    changes.write(caller, stored, { before, after, inspection }, () => summary, record)
  })
  return inspection !== undefined && inspection !== null

  /** Where the bytes of a file of that revision are now: where it was, in the cabinet, or at another place that is known. */
  async function whereItIs(file: FileState): Promise<FileState> {
    if (file.Path !== null && (await isAt(file.Path, file.Sha256))) return file
    const place = repositories.downloads.place(file.Sha256)
    if (place?.kind === 'stored' && existsSync(files.pathOf(file.Sha256)))
      return { ...file, Path: null, ModifiedAt: null }
    if (place?.kind === 'referenced' && (await isAt(place.path, file.Sha256))) {
      return { ...file, Path: place.path, ModifiedAt: place.modifiedAt }
    }
    const where = file.Path === null ? '' : ` It was at ${file.Path}, where other bytes or none are now.`
    const sentence = `Revision ${revision} cannot be restored: the bytes of its file “${file.Name}” are lost.${where}`
    throw new Problem('unavailable', sentence, { uuid: UUID })
  }

  async function isAt(path: string, sha256: string): Promise<boolean> {
    const read = await hashSteadily(path, signal ? { signal } : {}).catch(() => undefined)
    signal?.throwIfAborted()
    return read?.sha256 === sha256
  }

  function currentState(): FunctionState {
    const stored = changes.findAt(UUID, [expected])
    return stateOf(stored, repositories.downloads.list(stored.id))
  }

  async function inspectAgain({ Files }: FunctionState): Promise<Inspection | null> {
    const model = modelOf(Files)
    if (!model) return null
    const path = model.Path ?? files.pathOf(model.Sha256)
    const external = Files.flatMap(({ Location, Size }) =>
      Location === null ? [] : [{ location: Location, size: Size }],
    )
    const report = await reader.inspect(path, { fileName: model.Name, external, signal })
    return { ...report, FileSha256: model.Sha256 }
  }
}
