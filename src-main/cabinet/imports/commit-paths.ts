import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { StoredFunction } from '../../store/repositories/function-repository.ts'
import type { ReferenceRepository } from '../../store/repositories/reference-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { FunctionChanges } from '../functions/function-changes.ts'
import type { PreparedModel } from '../functions/prepare-model.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { duplicateOf } from './find-duplicate.ts'
import type { PreparedPath } from './prepare-path.ts'

/** What became of a file: a new function, one that was here already, or one whose file it replaces. */
export type PathResult = { outcome: 'imported' | 'present' | 'changed'; path: string; uuid: string }

export type CommitParts = {
  changeLog: ChangeLog
  repositories: Repositories
  references: ReferenceRepository
  changes: FunctionChanges
}

/** Adds what was prepared, or files what is already here, in the caller's transaction. `names`: see `nameFiles`. */
export function commitPaths(
  prepared: readonly (PreparedPath & { path: string; names: string[] })[],
  catalogue: string | undefined,
  { changeLog, repositories, references, changes }: CommitParts,
  caller: Caller,
): PathResult[] {
  /** The shortest of the names that no function has; where all are taken, the longest. */
  function freeName(names: readonly string[]): string {
    return names.find((name) => !repositories.functions.isNamed(name)) ?? names.at(-1) ?? 'model'
  }

  function fileUnder(uuid: string): void {
    if (catalogue === undefined) return
    changes.update(caller, uuid, (item) => ({ Catalogues: [...item.Catalogues.map(({ UUID }) => UUID), catalogue] }))
  }

  function renew(uuid: string, model: PreparedModel): PathResult['outcome'] {
    const { stored, changed } = changes.update(caller, uuid, {}, { model, devices: [] })
    clear(stored)
    fileUnder(uuid)
    return changed ? 'changed' : 'present'
  }

  /** Takes the flag of a lost file away, now that the file is there. */
  function clear({ id, item }: StoredFunction): void {
    const flagged = Object.keys(item.SyncInformation).length > 0 && !repositories.functions.isLinked(id)
    if (item.Status !== 'error' && !flagged) return
    changeLog.change((record) => {
      repositories.functions.setState(id, { status: 'ok', ...(flagged && { sync_information: '{}' }) })
      record({
        kind: 'function.status',
        uuid: item.UUID,
        by: 'cabinet',
        summary: `The file of “${item.Name}” was found again`,
        change: [{ Field: 'Status', Before: item.Status, After: 'ok' }],
      })
    })
  }

  function take(one: PreparedPath & { path: string; names: string[] }): Omit<PathResult, 'path'> {
    if (one.outcome === 'present') {
      if (references.modelAt(one.path)?.uuid === one.uuid) clear(changes.find(one.uuid))
      fileUnder(one.uuid)
      return { outcome: 'present', uuid: one.uuid }
    }
    // Another file of the same batch may have taken the function, or have the same bytes.
    if (one.outcome === 'changed' && references.modelAt(one.path)?.uuid === one.uuid) {
      return { outcome: renew(one.uuid, one.model), uuid: one.uuid }
    }
    const duplicate = duplicateOf(repositories, one.model.files)
    if (duplicate?.lost) return { outcome: renew(duplicate.uuid, one.model), uuid: duplicate.uuid }
    if (duplicate) {
      fileUnder(duplicate.uuid)
      return { outcome: 'present', uuid: duplicate.uuid }
    }
    const input = { Name: freeName(one.names), ...(catalogue !== undefined && { Catalogues: [catalogue] }) }
    return { outcome: 'imported', uuid: changes.insert(caller, input, { model: one.model, devices: [] }) }
  }

  return prepared.map((one) => ({ ...take(one), path: one.path }))
}
