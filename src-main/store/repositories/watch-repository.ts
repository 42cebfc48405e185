import type { Database } from 'better-sqlite3'

export type StoredWatch = {
  uuid: string
  path: string
  mode: 'copy' | 'reference'
  recursive: boolean
  catalogueUuid: string | null
  insertedAt: string
}

type Row = Omit<StoredWatch, 'recursive'> & { recursive: number }

/** Rows of `watch`. When a folder was last looked through stands in `setting`, in ms since 1970. */
export function createWatchRepository(database: Database) {
  const select = `SELECT uuid, path, mode, recursive, catalogue_uuid AS catalogueUuid, inserted_at AS insertedAt FROM watch`
  const list = database.prepare<[], Row>(`${select} ORDER BY path`)
  const insert = database.prepare<Row>(
    'INSERT INTO watch (uuid, path, mode, recursive, catalogue_uuid, inserted_at) VALUES (@uuid, @path, @mode, @recursive, @catalogueUuid, @insertedAt)',
  )
  const remove = database.prepare<[string]>('DELETE FROM watch WHERE uuid = ?')
  const lookedAt = database.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck()
  const setLookedAt = database.prepare<[string, string]>('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
  const removeLookedAt = database.prepare<[string]>('DELETE FROM setting WHERE name = ?')
  const key = (uuid: string) => `watch ${uuid} looked through`
  return {
    list: (): StoredWatch[] => list.all().map((row) => ({ ...row, recursive: row.recursive === 1 })),
    insert: (watch: StoredWatch) => void insert.run({ ...watch, recursive: watch.recursive ? 1 : 0 }),
    remove(uuid: string): void {
      remove.run(uuid)
      removeLookedAt.run(key(uuid))
    },
    /** Null where the folder was never looked through. */
    lookedThroughAt(uuid: string): number | null {
      const value = lookedAt.get(key(uuid))
      return value === undefined ? null : Number(value)
    },
    setLookedThroughAt: (uuid: string, at: number) => void setLookedAt.run(key(uuid), String(at)),
  }
}
