import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { TrashItem } from '../../../src-contract/contract/functions/trash.ts'
import type { FunctionRepository, StoredFunction } from '../../store/repositories/function-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import { expiresAt } from '../admin/trash-clock.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { now } from '../kernel/change-log.ts'
import type { FunctionChanges } from './function-changes.ts'
import type { FunctionWriter } from './function-writer.ts'

type Parts = {
  changeLog: ChangeLog
  functions: FunctionRepository
  clock: Pick<Repositories['clock'], 'looks'>
  changes: Pick<FunctionChanges, 'findAt'>
  writer: FunctionWriter
}

/** The way of functions into the trash, back, and out of it for good. Only the owner of the files knows what may be freed then. */
export function createTrash({ changeLog, functions, clock, changes, writer }: Parts) {
  function findTrashed(uuid: string): StoredFunction & { deletedAt: string } {
    const stored = functions.find(uuid)
    if (!stored || stored.deletedAt === null) {
      throw new Problem('not-found', 'There is no function with this UUID in the trash.', { uuid })
    }
    return { ...stored, deletedAt: stored.deletedAt }
  }

  return {
    /** Moves it to the trash, from where it can be brought back for 30 days. @throws Problem `not-found`, `precondition-failed`. */
    remove(caller: Caller, uuid: string, { expectedRevisions }: { expectedRevisions?: readonly number[] } = {}): void {
      changeLog.change((recordEvent) => {
        const stored = changes.findAt(uuid, expectedRevisions)
        const at = now()
        writer.setDeleted(stored, at, caller.name)
        const summary = `Moved “${stored.item.Name}” to the trash`
        const change = [{ Field: 'DeletedAt', Before: null, After: at }]
        recordEvent({ kind: 'function.deleted', uuid, by: caller.name, summary, change })
      })
    },

    /** Latest deletion first. */
    trash({ offset, limit } = { offset: 0, limit: 1_000 }): { rows: TrashItem[]; total: number } {
      const leaps = clock.looks()?.leaps ?? []
      const page = functions.listTrash(limit, offset).map(({ item, deletedAt }) => ({
        ...item,
        DeletedAt: deletedAt,
        PurgedAfter: new Date(expiresAt(Date.parse(deletedAt), leaps)).toISOString(),
      }))
      return { rows: page, total: functions.countTrash() }
    },

    /** UUIDs of everything in the trash. */
    trashed: (): string[] => functions.trashed(),

    /** Brings a function back from the trash. @throws Problem `not-found`. */
    undelete(caller: Caller, uuid: string): void {
      changeLog.change((recordEvent) => {
        const stored = findTrashed(uuid)
        writer.setDeleted(stored, null, caller.name)
        const summary = `Brought “${stored.item.Name}” back from the trash`
        const change = [{ Field: 'DeletedAt', Before: stored.deletedAt, After: null }]
        recordEvent({ kind: 'function.undeleted', uuid, by: caller.name, summary, change })
      })
    },

    /** Removes a function in the trash for good; its files stay until `Housekeeping.free`. @throws Problem `not-found`. */
    purge(caller: Caller, uuid: string): void {
      changeLog.change((recordEvent) => {
        const stored = findTrashed(uuid)
        functions.purge(stored.id)
        const summary = `Removed “${stored.item.Name}” for good`
        const change = [{ Field: 'Name', Before: stored.item.Name, After: null }]
        recordEvent({ kind: 'function.purged', uuid, by: caller.name, summary, change })
      })
    },
  }
}
