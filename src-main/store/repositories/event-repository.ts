import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import {
  type AuditEntry,
  CabinetEvent,
  type EventKind,
  FieldChange,
} from '../../../src-contract/contract/admin/event.ts'
import { readJson } from '../json.ts'
import { fittingPage } from '../page-size.ts'

type Row = { id: number; at: string; kind: EventKind; uuid: string | null; by: string; summary: string; change: string }

export type NewEvent = {
  at: string
  kind: EventKind
  uuid: string | null
  by: string
  summary: string
  change: FieldChange[]
}

/** Rows of `event`: the audit log. */
export function createEventRepository(database: Database) {
  const insert = database.prepare<NewEvent & { changeText: string }>(
    'INSERT INTO event (at, kind, uuid, by, summary, change) VALUES (@at, @kind, @uuid, @by, @summary, @changeText)',
  )
  const since = database.prepare<[number, number], Row>('SELECT * FROM event WHERE id > ? ORDER BY id LIMIT ?')
  const latest = database.prepare<[], number | null>('SELECT max(id) FROM event').pluck()
  const all = database.prepare<[number, number], Row>('SELECT * FROM event WHERE id < ? ORDER BY id DESC LIMIT ?')
  const ofObject = database.prepare<[string, number, number], Row>(
    'SELECT * FROM event WHERE uuid = ? AND id < ? ORDER BY id DESC LIMIT ?',
  )
  return {
    append(event: NewEvent): CabinetEvent {
      const { lastInsertRowid } = insert.run({ ...event, changeText: JSON.stringify(event.change) })
      return toEvent({ ...event, id: Number(lastInsertRowid) })
    },
    since: (id: number, limit: number): CabinetEvent[] => since.all(id, limit).map(soundEvent),
    /** Everything about one object, oldest first. */
    of: (uuid: string): AuditEntry[] => ofObject.all(uuid, Number.MAX_SAFE_INTEGER, -1).reverse().map(toEntry),
    latestId: (): number => latest.get() ?? 0,
    newest(before: number, limit: number, uuid?: string): AuditEntry[] {
      const rows = uuid === undefined ? all.iterate(before, limit) : ofObject.iterate(uuid, before, limit)
      return fittingPage(rows, ({ change }) => change.length).rows.map(toEntry)
    },
  }
}

const Change = z.array(FieldChange)

function toEntry(row: Row): AuditEntry {
  const event = soundEvent(row)
  const change = readJson(Change, row.change)
  return { ...event, Summary: change ? event.Summary : DAMAGED, Change: change ?? [] }
}

const DAMAGED = 'This entry is damaged.'

/** An entry that is damaged keeps its place. */
function soundEvent(row: Row): CabinetEvent {
  const event = toEvent(row)
  const isSound = CabinetEvent.safeParse(event).success && !Number.isNaN(Date.parse(event.At))
  return isSound
    ? event
    : { Id: row.id, At: new Date(0).toISOString(), Kind: 'cabinet.changed', UUID: null, By: '', Summary: DAMAGED }
}

export type EventRepository = ReturnType<typeof createEventRepository>

function toEvent({ id, at, kind, uuid, by, summary }: Omit<Row, 'change'>): CabinetEvent {
  return { Id: id, At: at, Kind: kind, UUID: uuid, By: by, Summary: summary }
}
