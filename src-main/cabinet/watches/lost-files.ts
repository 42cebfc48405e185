import { stat } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Reference, ReferenceRepository } from '../../store/repositories/reference-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { ChangeLog } from '../kernel/change-log.ts'

const PAGE = 200

/** Files that functions use where they lie: flagged when they vanish, cleared when they are back. */
export type LostFiles = {
  /** Flags the functions that use the file at a path. */
  vanished(path: string): void
  /**
   * Looks at every file below a folder that a function uses.
   * @returns paths of those that are other bytes now, or are back: they are to be imported again
   */
  check(prefix: string, signal: AbortSignal): Promise<string[]>
}

export function createLostFiles(
  changeLog: ChangeLog,
  { functions }: Pick<Repositories, 'functions'>,
  references: ReferenceRepository,
): LostFiles {
  function flag(path: string, uuid: string): void {
    const stored = functions.find(uuid)
    if (!stored || stored.deletedAt !== null || stored.item.Status === 'error') return
    const Message = `Its file no longer exists: ${path}. If it appears in a watched folder, it is recognised by its content.`
    changeLog.change((record) => {
      const sync = { Kind: 'Path', Path: path, DownloadedAt: null, ETag: null, Message }
      functions.setState(stored.id, { status: 'error', sync_information: JSON.stringify(sync) })
      const summary = `“${stored.item.Name}”: ${Message}`
      const change = [{ Field: 'Status', Before: stored.item.Status, After: 'error' }]
      record({ kind: 'function.status', uuid, by: 'cabinet', summary, change })
    })
  }

  /** Whether a file is to be read again; flags it where it is gone. */
  async function look({ path, size, modifiedAt, uuid }: Reference): Promise<'same' | 'other' | 'gone'> {
    const status = await stat(path).catch(() => undefined)
    if (!status) {
      flag(path, uuid)
      return 'gone'
    }
    const same = status.size === size && Math.abs(status.mtimeMs - modifiedAt) <= 1
    return same && functions.find(uuid)?.item.Status !== 'error' ? 'same' : 'other'
  }

  return {
    vanished(path) {
      for (const { uuid } of references.usesOf(path)) flag(path, uuid)
    },
    async check(prefix, signal) {
      const changed: string[] = []
      for (let after = ''; ; ) {
        const page = references.below(prefix, after, PAGE)
        for (const reference of page) {
          if ((await look(reference)) === 'other') changed.push(reference.path)
          signal.throwIfAborted()
        }
        const last = page.at(-1)
        if (!last) return [...new Set(changed)]
        after = last.path
        await nextTurn()
      }
    },
  }
}
