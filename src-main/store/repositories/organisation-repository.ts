import type { Database } from 'better-sqlite3'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Organisation } from '../../../src-contract/contract/functions/organisation.ts'

type Row = { id: number; uuid: string; name: string }
export type StoredOrganisation = Organisation & { id: number }

/** Rows of `organisation`. */
export function createOrganisationRepository(database: Database) {
  const own = database.prepare<[], Row>('SELECT * FROM organisation WHERE own = 1')
  const all = database.prepare<[], Row>('SELECT * FROM organisation ORDER BY own DESC, name COLLATE NOCASE, uuid')
  const byUuid = database.prepare<[string], Row>('SELECT * FROM organisation WHERE uuid = ?')
  const insert = database.prepare<[string, string, number]>(
    'INSERT INTO organisation (uuid, name, own) VALUES (?, ?, ?)',
  )
  const rename = database.prepare<[string, number]>('UPDATE organisation SET name = ? WHERE id = ?')
  return {
    own: (): StoredOrganisation | undefined => stored(own.get()),
    find: (uuid: string): StoredOrganisation | undefined => stored(byUuid.get(uuid)),
    list: (): Organisation[] => all.all().map(({ uuid, name }) => ({ UUID: uuid, Name: name })),
    insert({ UUID, Name }: Organisation, kind: 'own' | 'foreign'): number {
      return Number(insert.run(UUID, Name, kind === 'own' ? 1 : 0).lastInsertRowid)
    },
    rename(id: number, name: string): void {
      rename.run(name, id)
    },
  }
}

export type OrganisationRepository = ReturnType<typeof createOrganisationRepository>

function stored(row: Row | undefined): StoredOrganisation | undefined {
  return row && { id: row.id, UUID: row.uuid, Name: row.name }
}

/** @throws Problem `unexpected` where the row is gone, which only a hand in the database can do. */
export function ownOrganisation(organisations: OrganisationRepository): StoredOrganisation {
  const own = organisations.own()
  if (!own) throw new Problem('unexpected', "The cabinet's own organisation is missing from its database.")
  return own
}
