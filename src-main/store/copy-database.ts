import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database } from 'better-sqlite3'

/** Writes a complete copy of a database. It has its name only once it is whole and on disk: what was cut off is never taken for a copy. */
export function copyDatabase(database: Database, path: string): void {
  const part = `${path}.part`
  rmSync(part, { force: true })
  try {
    database.prepare('VACUUM INTO ?').run(part)
    sync(part, 'r+')
    renameSync(part, path)
    // Windows cannot flush a folder, and does so by itself.
    if (process.platform !== 'win32') sync(dirname(path), 'r')
  } finally {
    rmSync(part, { force: true })
  }
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const file = openSync(path, flags)
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
