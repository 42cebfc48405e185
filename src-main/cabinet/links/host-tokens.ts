import type { Database } from 'better-sqlite3'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { HostToken, HostTokenRequest } from '../../../src-contract/contract/admin/host-token.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import type { SecretBox } from './link-secret.ts'

/** Bearer tokens for servers of gated models: each goes to its own origin, and nowhere that redirects lead. */
export type HostTokens = {
  list(): HostToken[]
  /** In place of the one before. */
  set(caller: Caller, request: HostTokenRequest): void
  /** @throws Problem `not-found` */
  remove(caller: Caller, origin: string): void
  /** Null where there is none, or the key of this data folder does not open it. */
  of(origin: string): string | null
}

const PREFIX = 'host-token '

/** They stand in `setting`, which no backup or export has. */
export function createHostTokens(database: Database, changeLog: ChangeLog, secrets: SecretBox): HostTokens {
  const names = database
    .prepare<[string, string], string>('SELECT name FROM setting WHERE name >= ? AND name < ? ORDER BY name')
    .pluck()
  const find = database.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck()
  const put = database.prepare<[string, string]>('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
  const remove = database.prepare<[string]>('DELETE FROM setting WHERE name = ?')
  const nameOf = (origin: string) => PREFIX + origin

  const change = (caller: Caller, summary: string, write: () => void) =>
    changeLog.change((record) => {
      write()
      record({ kind: 'settings.changed', uuid: null, by: caller.name, summary })
    })

  return {
    list: () => names.all(PREFIX, `${PREFIX}\u{10ffff}`).map((name) => ({ Origin: name.slice(PREFIX.length) })),
    set(caller, { Origin, Token }) {
      const box = Buffer.from(secrets.seal(nameOf(Origin), Token)).toString('base64')
      change(caller, `Set a token for links to ${Origin}`, () => put.run(nameOf(Origin), box))
    },
    remove(caller, origin) {
      if (find.get(nameOf(origin)) === undefined) {
        throw new Problem('not-found', `There is no token for ${origin}.`, { field: 'Origin' })
      }
      change(caller, `Removed the token for links to ${origin}`, () => remove.run(nameOf(origin)))
    },
    of(origin) {
      const box = find.get(nameOf(origin))
      return box === undefined ? null : secrets.open(nameOf(origin), Buffer.from(box, 'base64'))
    },
  }
}
