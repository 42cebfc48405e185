import type { Repositories } from '../../store/repositories/repositories.ts'
import type { ChangeLog } from '../kernel/change-log.ts'

/** What became of a file that stays where it is: not there, or other bytes than those that were added. */
type FileTrouble = 'lost' | 'changed'

/** The status of functions by what became of their files on disk. */
export type FileStatus = {
  /** Flags a function whose file at a path is not there, or not as it was. */
  flag(uuid: string, path: string, trouble: FileTrouble): void
  /** Takes the flag away, now that the files are as they were or their new content was read. */
  clear(uuid: string): void
}

export function createFileStatus(changeLog: ChangeLog, { functions }: Pick<Repositories, 'functions'>): FileStatus {
  return {
    flag(uuid, path, trouble) {
      const stored = functions.find(uuid)
      if (!stored || stored.deletedAt !== null) return
      const { Status, SyncInformation, Name } = stored.item
      if (Status === 'error' && SyncInformation.State === trouble) return
      // It is found out again at the next use.
      if (!changeLog.writeLock.isFree()) return
      const Message = sentences[trouble](path)
      changeLog.change((record) => {
        const sync = { Kind: 'Path', Path: path, State: trouble, DownloadedAt: null, ETag: null, Message }
        functions.setState(stored.id, { status: 'error', sync_information: JSON.stringify(sync) })
        const change = [{ Field: 'Status', Before: Status, After: 'error' }]
        record({ kind: 'function.status', uuid, by: 'cabinet', summary: `“${Name}”: ${Message}`, change })
      })
    },
    clear(uuid) {
      const stored = functions.find(uuid)
      if (!stored || stored.deletedAt !== null) return
      const { Status, SyncInformation, Name } = stored.item
      const flagged = Object.keys(SyncInformation).length > 0 && !functions.isLinked(stored.id)
      if (Status !== 'error' && !flagged) return
      changeLog.change((record) => {
        functions.setState(stored.id, { status: 'ok', ...(flagged && { sync_information: '{}' }) })
        const summary = `The file of “${Name}” was found again`
        const change = [{ Field: 'Status', Before: Status, After: 'ok' }]
        record({ kind: 'function.status', uuid, by: 'cabinet', summary, change })
      })
    },
  }
}

const sentences: Record<FileTrouble, (path: string) => string> = {
  lost: (path) =>
    `Its file no longer exists: ${path}. If it appears in a watched folder, it is recognised by its content.`,
  changed: (path) =>
    `Its file was changed on disk: ${path}. It is not used until you read the new file or locate the old one.`,
}
