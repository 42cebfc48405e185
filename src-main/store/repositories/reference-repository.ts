import type { Database } from 'better-sqlite3'

/** A file of the person's own that a live function uses where it lies. */
export type Reference = { path: string; sha256: string; size: number; modifiedAt: number; uuid: string }

/** Files that stay where they are (`blob.kind = 'referenced'`), seen from the functions that use them. */
export function createReferenceRepository(database: Database) {
  const select = `SELECT b.path, b.sha256, b.size, b.modified_at_ms AS modifiedAt, f.uuid
    FROM blob b JOIN download d ON d.blob_id = b.id JOIN function f ON f.id = d.function_id
    WHERE b.kind = 'referenced' AND f.deleted_at IS NULL`
  const modelAt = database.prepare<[string], Reference>(`${select} AND d.role = 'model' AND b.path = ? LIMIT 1`)
  const at = database.prepare<[string], Reference>(`${select} AND b.path = ?`)
  const between = database.prepare<[string, string, number], Reference>(
    `${select} AND b.path > ? AND b.path < ? ORDER BY b.path LIMIT ?`,
  )
  const touch = database.prepare<[number, string, string]>(
    "UPDATE blob SET modified_at_ms = ? WHERE kind = 'referenced' AND path = ? AND sha256 = ?",
  )
  return {
    /** The function whose model lies at a path. */
    modelAt: (path: string): Reference | undefined => modelAt.get(path),
    /** Every use of the file at a path. */
    usesOf: (path: string): Reference[] => at.all(path),
    /** The next uses of files below a folder after a path, by path; `prefix` is the folder with a separator at its end. */
    below: (prefix: string, after: string, limit: number): Reference[] =>
      between.all(after > prefix ? after : prefix, `${prefix}\u{10ffff}`, limit),
    /** Notes that a file was written anew with the same bytes. */
    touch: (path: string, sha256: string, modifiedAt: number) => void touch.run(modifiedAt, path, sha256),
  }
}

export type ReferenceRepository = ReturnType<typeof createReferenceRepository>
