import type { Database } from 'better-sqlite3'
import type { Catalogue, CatalogueItem } from '../../../src-contract/contract/functions/catalogue.ts'

type Row = {
  id: number
  uuid: string
  name: string
  function_count: number
  organisation_id: number
  organisation_uuid: string
  organisation_name: string
}
export type StoredCatalogue = { id: number; organisationId: number; functionCount: number; body: Catalogue }

const select = `
  SELECT c.id, c.uuid, c.name, c.function_count, c.organisation_id, o.uuid AS organisation_uuid, o.name AS organisation_name
  FROM catalogue c JOIN organisation o ON o.id = c.organisation_id`
const order = 'ORDER BY c.name COLLATE NOCASE, c.uuid'

/** Rows of `catalogue`. */
export function createCatalogueRepository(database: Database) {
  const all = database.prepare<[], Row>(`${select} ${order}`)
  const ofOrganisation = database.prepare<[string], Row>(`${select} WHERE o.uuid = ? ${order}`)
  const byUuid = database.prepare<[string], Row>(`${select} WHERE c.uuid = ?`)
  const byName = database.prepare<[number, string], Row>(`${select} WHERE c.organisation_id = ? AND c.name = ?`)
  const insert = database.prepare<[string, number, string]>(
    'INSERT INTO catalogue (uuid, organisation_id, name) VALUES (?, ?, ?)',
  )
  const rename = database.prepare<[string, number]>('UPDATE catalogue SET name = ? WHERE id = ?')
  const remove = database.prepare<[number]>('DELETE FROM catalogue WHERE id = ?')
  return {
    list(organisation?: string): CatalogueItem[] {
      const rows = organisation === undefined ? all.all() : ofOrganisation.all(organisation)
      return rows.map((row) => ({ ...toCatalogue(row), FunctionCount: row.function_count }))
    },
    find: (uuid: string): StoredCatalogue | undefined => stored(byUuid.get(uuid)),
    findByName: (organisationId: number, name: string) => stored(byName.get(organisationId, name)),
    insert(uuid: string, organisationId: number, name: string): number {
      return Number(insert.run(uuid, organisationId, name).lastInsertRowid)
    },
    rename({ id }: StoredCatalogue, name: string): void {
      rename.run(name, id)
    },
    remove(id: number): void {
      remove.run(id)
    },
  }
}

function toCatalogue(row: Row): Catalogue {
  return {
    UUID: row.uuid,
    Name: row.name,
    Organisation: { UUID: row.organisation_uuid, Name: row.organisation_name },
  }
}

function stored(row: Row | undefined): StoredCatalogue | undefined {
  return (
    row && {
      id: row.id,
      organisationId: row.organisation_id,
      functionCount: row.function_count,
      body: toCatalogue(row),
    }
  )
}
