import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { readJson } from '../json.ts'

export type StoredWatch = {
  uuid: string
  path: string
  mode: 'copy' | 'reference'
  recursive: boolean
  catalogueUuid: string | null
  /** Patterns of what is left out, besides those that always are. */
  exclude: string[]
  insertedAt: string
}

type Row = Omit<StoredWatch, 'recursive' | 'exclude'> & { recursive: number }

/** Rows of `watch`. In `setting` are when a folder was last looked through, in ms since 1970, and what is left out. */
export function createWatchRepository(database: Database) {
  const select = `SELECT uuid, path, mode, recursive, catalogue_uuid AS catalogueUuid, inserted_at AS insertedAt FROM watch`
  const list = database.prepare<[], Row>(`${select} ORDER BY path`)
  const insert = database.prepare<Row>(
    'INSERT INTO watch (uuid, path, mode, recursive, catalogue_uuid, inserted_at) VALUES (@uuid, @path, @mode, @recursive, @catalogueUuid, @insertedAt)',
  )
  const remove = database.prepare<[string]>('DELETE FROM watch WHERE uuid = ?')
  const setting = database.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck()
  const setSetting = database.prepare<[string, string]>('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
  const removeSetting = database.prepare<[string]>('DELETE FROM setting WHERE name = ?')
  const lookedKey = (uuid: string) => `watch ${uuid} looked through`
  const excludeKey = (uuid: string) => `watch ${uuid} exclude`
  const excludeOf = (uuid: string) => readJson(z.array(z.string()), setting.get(excludeKey(uuid)) ?? '[]') ?? []
  return {
    list: (): StoredWatch[] =>
      list.all().map((row) => ({ ...row, recursive: row.recursive === 1, exclude: excludeOf(row.uuid) })),
    insert({ exclude, ...watch }: StoredWatch): void {
      insert.run({ ...watch, recursive: watch.recursive ? 1 : 0 })
      if (exclude.length > 0) setSetting.run(excludeKey(watch.uuid), JSON.stringify(exclude))
    },
    remove(uuid: string): void {
      remove.run(uuid)
      for (const key of [lookedKey(uuid), excludeKey(uuid)]) removeSetting.run(key)
    },
    /** Null where the folder was never looked through. */
    lookedThroughAt(uuid: string): number | null {
      const value = setting.get(lookedKey(uuid))
      return value === undefined ? null : Number(value)
    },
    setLookedThroughAt: (uuid: string, at: number) => void setSetting.run(lookedKey(uuid), String(at)),
  }
}
