import Database from 'better-sqlite3'

/** Opens a cabinet's SQLite file for the reader process, which only reads and may be killed at any time. */
export function openReadOnly(path: string): Database.Database {
  const database = new Database(path, { readonly: true, fileMustExist: true })
  database.pragma('busy_timeout = 5000')
  return database
}
