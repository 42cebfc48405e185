import { dirname, sep } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { FileLook } from '../../files/file-look.ts'

/** A file of the person's own that a live function uses where it lies; `modelPath` is where its model does, null where that was copied. */
export type Reference = { path: string; sha256: string; stamp: string | null; uuid: string; modelPath: string | null }

/** Files that stay where they are (`blob.kind = 'referenced'`), seen from the functions that use them. */
export function createReferenceRepository(database: Database) {
  const select = `SELECT b.path, b.sha256, b.stamp, f.uuid, (
      SELECT mb.path FROM download md JOIN blob mb ON mb.id = md.blob_id WHERE md.function_id = f.id AND md.role = 'model'
    ) AS modelPath
    FROM blob b JOIN download d ON d.blob_id = b.id JOIN function f ON f.id = d.function_id
    WHERE b.kind = 'referenced' AND f.deleted_at IS NULL`
  const modelsAt = database
    .prepare<[string], string>(
      `SELECT f.uuid FROM blob b JOIN download d ON d.blob_id = b.id JOIN function f ON f.id = d.function_id
      WHERE b.kind = 'referenced' AND f.deleted_at IS NULL AND d.role = 'model' AND b.path = ? ORDER BY f.id DESC`,
    )
    .pluck()
  const at = database.prepare<[string], Reference>(`${select} AND b.path = ?`)
  const between = database.prepare<[string, string, number], Reference>(
    `${select} AND b.path > ? AND b.path < ? ORDER BY b.path LIMIT ?`,
  )
  const touch = database.prepare<[number, string, string, string]>(
    "UPDATE blob SET modified_at_ms = ?, stamp = ? WHERE kind = 'referenced' AND path = ? AND sha256 = ?",
  )
  const foundAt = database
    .prepare<[string], string>(
      `SELECT f.uuid FROM function_path p JOIN function f ON f.id = p.function_id
      WHERE p.path = ? AND p.model_path = p.path AND f.deleted_at IS NULL ORDER BY f.id DESC`,
    )
    .pluck()
  const pathsOf = database
    .prepare<[number], string>(
      'SELECT path FROM function_path WHERE function_id = ? AND model_path = path ORDER BY path',
    )
    .pluck()
  const naming = database
    .prepare<[string], string>(
      `SELECT DISTINCT p.model_path FROM function_path p JOIN function f ON f.id = p.function_id
      WHERE p.path = ? AND p.model_path <> p.path AND f.deleted_at IS NULL`,
    )
    .pluck()
  const modelsIn = database
    .prepare<[string, string], string>(
      `SELECT DISTINCT p.path FROM function_path p JOIN function f ON f.id = p.function_id
      WHERE p.path > ? AND p.path < ? AND p.model_path = p.path AND f.deleted_at IS NULL`,
    )
    .pluck()
  const addPath = database.prepare<[string, string, string]>(
    'INSERT OR IGNORE INTO function_path (path, model_path, function_id) SELECT ?, ?, id FROM function WHERE uuid = ?',
  )
  const removePaths = database.prepare<[string]>('DELETE FROM function_path WHERE model_path = ?')
  const forget = database.prepare<[string, number]>(
    'DELETE FROM function_path WHERE model_path = ? AND function_id = ?',
  )
  return {
    /** The functions whose model lies at a path, or lay there before its bytes changed; the youngest first. */
    modelsAt: (path: string): string[] => modelsAt.all(path),
    /** Every use of the file at a path. */
    usesOf: (path: string): Reference[] => at.all(path),
    /** The next uses of files below a folder after a path, by path; `prefix` is the folder with a separator at its end. */
    below: (prefix: string, after: string, limit: number): Reference[] =>
      between.all(after > prefix ? after : prefix, `${prefix}\u{10ffff}`, limit),
    /** Notes how a file looks that has the same bytes as before. */
    touch: (path: string, sha256: string, { modifiedAt, stamp }: Pick<FileLook, 'modifiedAt' | 'stamp'>) =>
      void touch.run(modifiedAt, stamp, path, sha256),
    /** The live functions whose model was found at a path, whether it was copied or stays there; the youngest first. */
    foundAt: (path: string): string[] => foundAt.all(path),
    /** Notes that a function's model is no longer at a path. */
    forget: (path: string, functionId: number) => void forget.run(path, functionId),
    /** Every path where a function's model was found. */
    pathsOf: (functionId: number): string[] => pathsOf.all(functionId),
    /** Where models were found directly in a folder. */
    modelsIn(folder: string): string[] {
      const prefix = folder + sep
      return modelsIn.all(prefix, `${prefix}\u{10ffff}`).filter((path) => dirname(path) === folder)
    },
    /** The models that name a file at a path as external data, whether or not it was there. */
    modelsNaming: (path: string): string[] => naming.all(path),
    /** Notes that a function's model lies at a path, and no other's does any more; `external` is where the files are that it names. */
    setFound(path: string, uuid: string, external: readonly string[]): void {
      removePaths.run(path)
      for (const one of [path, ...external]) addPath.run(one, path, uuid)
    },
  }
}

export type ReferenceRepository = ReturnType<typeof createReferenceRepository>
