import type { Database } from 'better-sqlite3'
import type { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'

/**
 * What a file is to its function: its model, a file that the model names, the archive they came in, a build for a device, or a small file that
 * was with the model, such as its card.
 */
export type FileRole = FunctionDetail['Downloads'][number]['Role']

/**
 * Where the bytes lie: in the cabinet, or in a file of the person's own that looked like this when it was hashed (`FileLook`). The stamp is null
 * where an older version or another cabinet noted the file.
 */
export type BlobPlace =
  | { kind: 'stored' }
  | { kind: 'referenced'; path: string; modifiedAt: number; stamp: string | null }

/** A file of a function. `location` is an external-data file's name in the model. Sizes in bytes, `modifiedAt` in ms. */
export type FunctionFile = {
  role: FileRole
  name: string
  location: string | null
  mimeType: string
  size: number
  sha256: string
  place: BlobPlace
}

type Row = {
  role: FileRole
  name: string
  location: string | null
  mime_type: string
  kind: 'stored' | 'referenced'
  sha256: string
  size: number
  path: string | null
  modified_at_ms: number | null
  stamp: string | null
}

/** Rows of `blob` and `download`. */
export function createDownloadRepository(database: Database) {
  const select = 'SELECT d.role, d.name, d.location, d.mime_type, b.* FROM download d JOIN blob b ON b.id = d.blob_id'
  const ofFunction = database.prepare<[number], Row>(`${select} WHERE d.function_id = ? ORDER BY d.id`)
  const byName = database.prepare<[number, string], Row>(`${select} WHERE d.function_id = ? AND d.name = ?`)
  const remove = database.prepare<[number]>('DELETE FROM download WHERE function_id = ?')
  const insert = database.prepare<[number, number, string, string, string | null, string]>(
    'INSERT INTO download (function_id, blob_id, role, name, location, mime_type) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const removeDevices = database.prepare<[number]>('DELETE FROM function_device WHERE function_id = ?')
  const insertDevice = database.prepare<[string, number]>(
    'INSERT OR IGNORE INTO function_device (device, function_id) VALUES (?, ?)',
  )
  const findStored = database
    .prepare<[string], number>("SELECT id FROM blob WHERE kind = 'stored' AND sha256 = ?")
    .pluck()
  const insertStored = database.prepare<[string, number]>(
    "INSERT INTO blob (kind, sha256, size) VALUES ('stored', ?, ?)",
  )
  const putReferenced = database
    .prepare<[string, number, string, number, string | null], number>(`
      INSERT INTO blob (kind, sha256, size, path, modified_at_ms, stamp) VALUES ('referenced', ?, ?, ?, ?, ?)
      ON CONFLICT (path, sha256) WHERE kind = 'referenced'
      DO UPDATE SET modified_at_ms = excluded.modified_at_ms, stamp = coalesce(excluded.stamp, stamp)
      RETURNING id`)
    .pluck()
  const placeOf = database.prepare<[string], Pick<Row, 'kind' | 'size' | 'path' | 'modified_at_ms' | 'stamp'>>(
    "SELECT kind, size, path, modified_at_ms, stamp FROM blob WHERE sha256 = ? ORDER BY kind = 'stored' DESC, id LIMIT 1",
  )
  const unnamed = database.prepare<[], { id: number; kind: 'stored' | 'referenced'; sha256: string }>(`
    SELECT id, kind, sha256 FROM blob b
    WHERE NOT EXISTS (SELECT 1 FROM download WHERE blob_id = b.id) AND NOT EXISTS (SELECT 1 FROM revision_blob WHERE blob_id = b.id)`)
  const removeBlob = database.prepare<[number]>('DELETE FROM blob WHERE id = ?')
  const stored = database.prepare<[number, number], { id: number; sha256: string; size: number }>(
    "SELECT id, sha256, size FROM blob WHERE kind = 'stored' AND id > ? ORDER BY id LIMIT ?",
  )
  const referenced = database.prepare<
    [number, number],
    { id: number; sha256: string; size: number; path: string; modified_at_ms: number }
  >(`
    SELECT id, sha256, size, path, modified_at_ms FROM blob
    WHERE kind = 'referenced' AND id > ? AND id IN (SELECT blob_id FROM download) ORDER BY id LIMIT ?`)
  const users = database.prepare<[number], { id: number; uuid: string; name: string }>(
    'SELECT DISTINCT f.id, f.uuid, f.name FROM download d JOIN function f ON f.id = d.function_id WHERE d.blob_id = ? ORDER BY f.name',
  )
  const totals = database.prepare<[], { kind: string; count: number; size: number }>(
    'SELECT kind, count(*) AS count, coalesce(sum(size), 0) AS size FROM blob GROUP BY kind',
  )

  /** The row of a file's bytes, made where there is none. */
  function blobOf({ sha256, size, place }: FunctionFile): number {
    if (place.kind === 'referenced') {
      return putReferenced.get(sha256, size, place.path, place.modifiedAt, place.stamp) ?? 0
    }
    return findStored.get(sha256) ?? Number(insertStored.run(sha256, size).lastInsertRowid)
  }

  return {
    list: (functionId: number): FunctionFile[] => ofFunction.all(functionId).map(toFile),
    find(functionId: number, name: string): FunctionFile | undefined {
      const row = byName.get(functionId, name)
      return row && toFile(row)
    },
    /** Replaces the files of a function, and the devices that it has files for; returns the ids of their blobs. */
    replace(functionId: number, files: readonly FunctionFile[]): number[] {
      remove.run(functionId)
      removeDevices.run(functionId)
      return files.map((file) => {
        const blobId = blobOf(file)
        insert.run(functionId, blobId, file.role, file.name, file.location, file.mimeType)
        const device = deviceOf(file)
        if (device !== null) insertDevice.run(device, functionId)
        return blobId
      })
    },
    /** The ids of the blobs of files that only a function's past names. */
    keepNamed: (files: readonly FunctionFile[]): number[] => files.map(blobOf),
    isStored: (sha256: string): boolean => findStored.get(sha256) !== undefined,
    /** Where the bytes with this digest lie; undefined where no row names them. */
    place(sha256: string): (BlobPlace & { size: number }) | undefined {
      const row = placeOf.get(sha256)
      return row && { ...toPlace(row), size: row.size }
    },
    /** Removes the rows of bytes that neither a function nor its history names; returns the digests of stored ones. */
    removeUnnamed(): string[] {
      const rows = unnamed.all()
      for (const { id } of rows) removeBlob.run(id)
      return rows.filter(({ kind }) => kind === 'stored').map(({ sha256 }) => sha256)
    },
    storedAfter: (id: number, limit: number) => stored.all(id, limit),
    /** Only those that a function has now: what its past names may have been overwritten since. */
    referencedAfter: (id: number, limit: number) => referenced.all(id, limit),
    /** The functions whose present files include a blob. */
    usersOf: (blobId: number) => users.all(blobId),
    totals: () => totals.all(),
  }
}

/** Which device a file is for: `cpu` the plain model, else what its MIME type says; null for archives and data. */
export function deviceOf({ role, mimeType }: Pick<FunctionFile, 'role' | 'mimeType'>): string | null {
  if (role === 'model') return 'cpu'
  return /;\s*device="?([^\s";]+)/i.exec(mimeType)?.[1]?.toLowerCase() ?? null
}

function toPlace(row: Pick<Row, 'kind' | 'path' | 'modified_at_ms' | 'stamp'>): BlobPlace {
  return row.kind === 'stored'
    ? { kind: 'stored' }
    : { kind: 'referenced', path: row.path ?? '', modifiedAt: row.modified_at_ms ?? 0, stamp: row.stamp }
}

function toFile(row: Row): FunctionFile {
  return {
    role: row.role,
    name: row.name,
    location: row.location,
    mimeType: row.mime_type,
    size: row.size,
    sha256: row.sha256,
    place: toPlace(row),
  }
}
