import type { FunctionStatus } from '../../../src-contract/contract/functions/function.ts'
import type { SyncInformation } from '../../../src-contract/contract/functions/link.ts'
import type { FunctionRepository, StoredFunction } from '../../store/repositories/function-repository.ts'
import type { LinkRepository, StoredLink } from '../../store/repositories/link-repository.ts'
import type { ChangeLog } from '../kernel/change-log.ts'

/** What became known of a link; what is left out stays as it was. */
type LinkChange = Partial<Pick<StoredLink, 'etag' | 'downloadedAt' | 'message'>> & { status: FunctionStatus }

export type LinkedFunction = { stored: StoredFunction; link: StoredLink }

export type LinkState = {
  /** Undefined where the function is in the trash, gone or not linked. */
  find(uuid: string): LinkedFunction | undefined
  attach(stored: StoredFunction, link: StoredLink): void
  detach(stored: StoredFunction): void
  /** Of a function that is called `downloading` and is not. */
  abandon(uuid: string): void
  /** Writes link, status and SyncInformation in one transaction; nothing where the function is not linked any more. */
  change(uuid: string, change: LinkChange): void
  /** Removes a function that only the network could have given a file, and that never got one. */
  dropNeverFetched(uuid: string): void
}

/** Status and SyncInformation of linked functions, always written together with their link. */
export function createLinkState(changeLog: ChangeLog, functions: FunctionRepository, links: LinkRepository): LinkState {
  function find(uuid: string): LinkedFunction | undefined {
    const stored = functions.find(uuid)
    const link = stored && stored.deletedAt === null ? links.find(stored.id) : undefined
    return stored && link && { stored, link }
  }

  function change(uuid: string, { status, ...fields }: LinkChange): void {
    changeLog.change((record) => {
      const found = find(uuid)
      if (!found) return
      const { stored, link } = found
      const changed = { ...link, ...fields }
      const sync = JSON.stringify(syncInformation(changed))
      if (stored.item.Status === status && JSON.stringify(stored.item.SyncInformation) === sync) return
      links.put(stored.id, changed)
      functions.setState(stored.id, { status, sync_information: sync })
      const summary = summaryOf(stored.item.Name, status, changed)
      const before = stored.item.Status
      const change = before === status ? [] : [{ Field: 'Status', Before: before, After: status }]
      record({ kind: 'function.status', uuid, by: 'cabinet', summary, change })
    })
  }

  function abandon(uuid: string): void {
    const stored = functions.find(uuid)
    if (!stored) return
    if (find(uuid))
      change(uuid, {
        status: stored.fileSha256 === null ? 'error' : 'ok',
        message: 'The download was interrupted. Fetch it again.',
      })
    else functions.setState(stored.id, { status: stored.fileSha256 === null ? 'new' : 'ok' })
  }

  return {
    find,
    abandon,
    change,
    attach({ id }, link) {
      links.put(id, link)
      functions.setState(id, { linked: 1, sync_information: JSON.stringify(syncInformation(link)) })
    },
    detach({ id, item, fileSha256 }) {
      links.remove(id)
      const unfinished = item.Status === 'downloading' || item.Status === 'error'
      const status = unfinished ? (fileSha256 === null ? 'new' : 'ok') : item.Status
      functions.setState(id, { linked: 0, sync_information: '{}', status })
    },
    dropNeverFetched(uuid) {
      changeLog.change((record) => {
        const found = find(uuid)
        if (!found || found.stored.fileSha256 !== null || found.link.kind !== 'Url') return
        functions.purge(found.stored.id)
        const { Name } = found.stored.item
        const change = [{ Field: 'Name', Before: Name, After: null }]
        const summary = `Removed “${Name}”, which could not be downloaded`
        record({ kind: 'function.purged', uuid, by: 'cabinet', summary, change })
      })
    },
  }
}

/** What `GET /function` says of a link. */
export function syncInformation({ kind, target, downloadedAt, etag, message }: StoredLink): SyncInformation {
  return {
    Kind: kind,
    ...(kind === 'Url' && { Url: target }),
    ...(kind === 'Path' && { Path: target }),
    ...(kind === 'EdgeImpulse' && { ProjectID: Number(target) }),
    DownloadedAt: downloadedAt,
    ETag: etag,
    Message: message,
  }
}

function summaryOf(name: string, status: FunctionStatus, { message }: StoredLink): string {
  if (message !== '') return `“${name}”: ${message}`
  return status === 'ok' ? `Fetched “${name}” from its link` : `“${name}” is being fetched`
}
