import type { AuditEntry, CabinetEvent, EventKind, FieldChange } from '../../../src-contract/contract/admin/event.ts'
import type { Store } from '../../store/open-store.ts'
import type { EventRepository } from '../../store/repositories/event-repository.ts'
import { storeProblem } from '../../store/store-problem.ts'
import type { WriteLock } from '../../store/write-lock.ts'
import { shortened } from './short-change.ts'

/** The present in ISO 8601 UTC with milliseconds, as the store and the API have it. */
export function now(): string {
  return new Date().toISOString()
}

export type EventService = {
  /** Calls `listener` after each committed change, or those of one kind, in order of `Id`; returns the way to stop. It must not throw. */
  subscribe(listener: (event: CabinetEvent) => void, kind?: EventKind): () => void
  /** Kept events after `id`, oldest first, at most `limit` (1000 unless told): how a stream resumes at `Last-Event-ID`. */
  since(id: number, limit?: number): CabinetEvent[]
  /** The id of the newest kept event; 0 where there is none. */
  latestId(): number
  /** The audit log, newest first; `before` is the id from which to page on, `uuid` limits it to one object. */
  audit(page: { before?: number; limit: number; uuid?: string }): AuditEntry[]
}

/** What happened, to be written into the audit log. */
export type Occurrence = {
  kind: EventKind
  uuid: string | null
  by: string
  summary: string
  change?: FieldChange[]
}

/** Changes and their events: both or neither, and nobody hears of a change before it is on disk. */
export type ChangeLog = EventService & {
  readonly writeLock: WriteLock
  /**
   * Runs a change in one transaction; what it records is written with it and told after the commit. A nested call is undone by
   * itself where it throws, and else is committed with the outer one.
   */
  change<T>(work: (record: (occurrence: Occurrence) => void) => T): T
  /** Tells listeners of something that is not kept, such as progress. */
  notify(occurrence: Occurrence): void
}

export function createChangeLog(store: Store, events: EventRepository): ChangeLog {
  const listeners = new Set<{ listener: (event: CabinetEvent) => void; kind: EventKind | undefined }>()
  let untold: CabinetEvent[] = []

  function record({ kind, uuid, by, summary, change = [] }: Occurrence): void {
    untold.push(events.append({ at: now(), kind, uuid, by, summary, change: change.map(shortened) }))
  }

  function tell(told: readonly CabinetEvent[]): void {
    for (const event of told) {
      for (const { listener, kind } of [...listeners]) if (kind === undefined || kind === event.Kind) listener(event)
    }
  }

  function nested<T>(work: () => T): T {
    const recorded = untold.length
    try {
      return store.database.transaction(work)()
    } catch (error) {
      untold.length = recorded
      throw storeProblem(error)
    }
  }

  return {
    writeLock: store.writeLock,
    change(work) {
      if (store.database.inTransaction) return nested(() => work(record))
      untold = []
      const result = store.change(() => work(record))
      tell(untold.splice(0))
      return result
    },
    notify({ kind, uuid, by, summary }) {
      tell([{ Id: 0, At: now(), Kind: kind, UUID: uuid, By: by, Summary: summary }])
    },
    subscribe(listener, kind) {
      const subscription = { listener, kind }
      listeners.add(subscription)
      return () => listeners.delete(subscription)
    },
    since: (id, limit = 1_000) => events.since(id, limit),
    latestId: () => events.latestId(),
    audit: ({ before = Number.MAX_SAFE_INTEGER, limit, uuid }) => events.newest(before, limit, uuid),
  }
}
