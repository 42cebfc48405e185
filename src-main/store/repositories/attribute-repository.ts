import type { Database } from 'better-sqlite3'
import type { Fields } from '../../../src-contract/contract/functions/function.ts'

export type Property = { kind: 'input' | 'output'; name: string }

/** What hangs on a function in many rows: options, custom fields, catalogues. Each method replaces the whole set. */
export function createAttributeRepository(database: Database) {
  const removeProperties = database.prepare<[number]>('DELETE FROM property WHERE function_id = ?')
  const addProperty = database.prepare<[string, string, number]>(
    'INSERT OR IGNORE INTO property (kind, name, function_id) VALUES (?, ?, ?)',
  )
  const removeFields = database.prepare<[number]>('DELETE FROM function_field WHERE function_id = ?')
  const addField = database.prepare<[number, string, 0 | 1]>(
    'INSERT INTO function_field (function_id, name, numeric) VALUES (?, ?, ?)',
  )
  const removeCatalogue = database.prepare<[number, string]>(
    'DELETE FROM function_catalogue WHERE function_id = ? AND catalogue_id = (SELECT id FROM catalogue WHERE uuid = ?)',
  )
  const addCatalogue = database.prepare<[number, string]>(`
    INSERT OR IGNORE INTO function_catalogue (catalogue_id, function_id, live)
    SELECT c.id, f.id, f.deleted_at IS NULL FROM function f JOIN catalogue c WHERE f.id = ? AND c.uuid = ?`)

  return {
    setProperties(functionId: number, properties: readonly Property[]): void {
      removeProperties.run(functionId)
      for (const { kind, name } of properties) addProperty.run(kind, name, functionId)
    },
    setFields(functionId: number, fields: Fields): void {
      removeFields.run(functionId)
      for (const [name, value] of Object.entries(fields)) {
        addField.run(functionId, name, typeof value === 'number' ? 1 : 0)
      }
    },
    /** Only what changed is written, for each membership moves its catalogue's count. */
    changeCatalogues(functionId: number, before: readonly string[], after: readonly string[]): void {
      for (const uuid of before) if (!after.includes(uuid)) removeCatalogue.run(functionId, uuid)
      for (const uuid of after) if (!before.includes(uuid)) addCatalogue.run(functionId, uuid)
    },
  }
}
