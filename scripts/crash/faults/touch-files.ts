import { copyFileSync, linkSync } from 'node:fs'
import { open, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'

// Makes one call of each kind that the shim counts, by Node and by SQLite, and says what became of each.

const [folder = '', step = ''] = process.argv.slice(2)
const at = (name: string) => join(folder, name)

const steps: Record<string, () => unknown> = {
  write: () => writeFile(at('written'), 'bytes'),
  async sync() {
    await using file = await open(at('written'), 'r+')
    await file.sync()
    await file.datasync()
  },
  rename: () => rename(at('written'), at('renamed')),
  link: () => linkSync(at('renamed'), at('linked')),
  copy: () => copyFileSync(at('renamed'), at('copied')),
  sqlite() {
    const database = new Database(at('some.db'))
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)')
    database.close()
  },
}

try {
  await steps[step]?.()
  process.stdout.write('done')
} catch (error) {
  process.stdout.write(error instanceof Error && 'code' in error ? String(error.code) : String(error))
}
