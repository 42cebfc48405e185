import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { ReferenceRepository } from '../../store/repositories/reference-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { FunctionChanges } from '../functions/function-changes.ts'
import type { PreparedModel } from '../functions/prepare-model.ts'
import type { Ledger } from '../kernel/change-log.ts'
import { twinOf } from './find-duplicate.ts'
import type { PreparedPath } from './prepare-path.ts'

/** What became of a file: a new function, one that was here already, or one whose file it replaces. */
export type PathResult = { outcome: 'imported' | 'present' | 'changed'; path: string; uuid: string }

export type CommitParts = {
  ledger: Ledger
  repositories: Repositories
  references: ReferenceRepository
  changes: FunctionChanges
}

/** Adds what was prepared, or files what is already here, in the caller's transaction. `names`: see `nameFiles`. */
export function commitPaths(
  prepared: readonly (PreparedPath & { path: string; names: string[] })[],
  catalogue: string | undefined,
  { ledger, repositories, references, changes }: CommitParts,
  caller: Caller,
): PathResult[] {
  /** The shortest of the names that no function has; where all are taken, the longest. */
  function freeName(names: readonly string[]): string {
    return names.find((name) => !repositories.functions.isNamed(name)) ?? names.at(-1) ?? 'model'
  }

  function fileUnder(uuid: string): void {
    if (catalogue === undefined) return
    const present = changes.find(uuid).item.Catalogues.map(({ UUID }) => UUID)
    if (present.includes(catalogue)) return
    changes.update(caller, uuid, { Catalogues: [...present, catalogue] }, { devices: [] }, undefined)
  }

  function renew(uuid: string, model: PreparedModel): PathResult['outcome'] {
    const { revision } = changes.find(uuid)
    changes.update(caller, uuid, {}, { model, devices: [] }, undefined)
    const outcome = changes.find(uuid).revision === revision ? 'present' : 'changed'
    clear(uuid)
    fileUnder(uuid)
    return outcome
  }

  /** Takes the flag of a lost file away, now that the file is there. */
  function clear(uuid: string): void {
    const stored = changes.find(uuid)
    const { Status, SyncInformation } = stored.item
    const flagged = Object.keys(SyncInformation).length > 0 && !repositories.functions.isLinked(stored.id)
    if (Status !== 'error' && !flagged) return
    ledger.change((record) => {
      repositories.functions.setState(stored.id, { status: 'ok', ...(flagged && { sync_information: '{}' }) })
      record({
        kind: 'function.status',
        uuid,
        by: 'cabinet',
        summary: `The file of “${stored.item.Name}” is there again`,
        change: [{ Field: 'Status', Before: stored.item.Status, After: 'ok' }],
      })
    })
  }

  function take(one: PreparedPath & { path: string; names: string[] }): Omit<PathResult, 'path'> {
    if (one.outcome === 'present') {
      if (references.modelAt(one.path)?.uuid === one.uuid) clear(one.uuid)
      fileUnder(one.uuid)
      return { outcome: 'present', uuid: one.uuid }
    }
    // Another file of the same batch may have taken the function, or have the same bytes.
    if (one.outcome === 'changed' && references.modelAt(one.path)?.uuid === one.uuid) {
      return { outcome: renew(one.uuid, one.model), uuid: one.uuid }
    }
    const twin = twinOf(repositories, one.model.files)
    if (twin?.lost) return { outcome: renew(twin.uuid, one.model), uuid: twin.uuid }
    if (twin) {
      fileUnder(twin.uuid)
      return { outcome: 'present', uuid: twin.uuid }
    }
    const input = { Name: freeName(one.names), ...(catalogue !== undefined && { Catalogues: [catalogue] }) }
    return { outcome: 'imported', uuid: changes.insert(caller, input, { model: one.model, devices: [] }) }
  }

  return prepared.map((one) => ({ ...take(one), path: one.path }))
}
