import type { AuditEntry, CabinetEvent } from '../../../src-contract/contract/admin/event.ts'

export type EventService = {
  /** Calls `listener` after each committed change, in order of `Id`; returns the way to stop. A listener must not throw. */
  subscribe(listener: (event: CabinetEvent) => void): () => void
  /** Kept events after `id`, oldest first, at most `limit` (1000 unless told): how a stream resumes at `Last-Event-ID`. */
  since(id: number, limit?: number): CabinetEvent[]
  /** The id of the newest kept event; 0 where there is none. */
  latestId(): number
  /** The audit log, newest first; `before` is the id from which to page on, `uuid` limits it to one object. */
  audit(page: { before?: number; limit: number; uuid?: string }): AuditEntry[]
}
