import Database from 'better-sqlite3'
import type { Random } from '../../../bench/data/random.ts'
import { mutateBytes } from './bytes.ts'

/** Place and width of numbers in the head of a database file and of a page (fileformat2.html). */
const headNumbers = [
  [16, 2],
  [18, 1],
  [19, 1],
  [20, 1],
  [24, 4],
  [28, 4],
  [32, 4],
  [36, 4],
  [40, 4],
  [44, 4],
  [52, 4],
  [56, 4],
  [60, 4],
  [64, 4],
  [68, 4],
  [92, 4],
  [96, 4],
] as const
const pageNumbers = [
  [0, 1],
  [1, 2],
  [3, 2],
  [5, 2],
  [7, 1],
  [8, 4],
] as const
const pageTypes = [0, 2, 5, 10, 13, 255]
const numbers = [0, 1, 2, 3, 7, 127, 128, 255, 4095, 4096, 65_535, 0x7fffffff, 0x80000000, 0xffffffff]

/** SQL that only somebody who means harm puts into a database that he gives away. */
const statements = [
  'CREATE VIEW hostile AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n',
  'CREATE TRIGGER hostile AFTER DELETE ON function BEGIN DELETE FROM blob; END',
  'CREATE TABLE hostile (a, b GENERATED ALWAYS AS (abs(-9223372036854775808)))',
  'CREATE INDEX hostile ON function (length(name))',
  'DROP TABLE event',
  'ALTER TABLE function ADD COLUMN hostile TEXT',
  'PRAGMA user_version = 3',
  'PRAGMA user_version = 99',
  'PRAGMA user_version = -1',
]
const cells = [
  null,
  0,
  -1,
  2 ** 53,
  1.5,
  '',
  '{',
  '[]',
  '{"State":1}',
  'x'.repeat(100_000),
  '../../etc/passwd',
  Buffer.alloc(70_000, 0xff),
]

/** A copy of a database file whose pages are not what they were. */
export function mutateDatabase(bytes: Uint8Array, random: Random): Uint8Array {
  const file = Buffer.from(bytes)
  const pageSize = file.readUInt16BE(16) === 1 ? 65_536 : file.readUInt16BE(16)
  const pages = Math.floor(file.length / pageSize)
  for (let count = 0; count <= random.below(4); count++) {
    const page = random.below(pages)
    const start = page * pageSize
    const head = start + (page === 0 ? 100 : 0)
    const change = random.below(6)
    if (change === 0) writeNumber(file, 0, random.pick(headNumbers), random)
    else if (change === 1) writeNumber(file, head, random.pick(pageNumbers), random)
    else if (change === 2) file[head] = random.pick(pageTypes)
    // A pointer to a cell, then a cell's own lengths.
    else if (change === 3) writeNumber(file, head + 8, [random.below(40) * 2, 2], random)
    else if (change === 4) {
      const cell = start + file.readUInt16BE(head + 8 + random.below(20) * 2)
      file[Math.min(cell + random.below(12), file.length - 1)] = random.pick([0, 1, 0x7f, 0x80, 0x81, 0xff])
    } else {
      const other = random.below(pages) * pageSize
      file.copy(file, start, other, other + pageSize)
    }
  }
  return random.chance(0.1) ? mutateBytes(file, file, random) : file
}

function writeNumber(file: Buffer, from: number, [place, width]: readonly [number, number], random: Random): void {
  const value = random.chance(0.3) ? random.below(256 ** width) : random.pick(numbers)
  file.writeUIntBE(value % 256 ** width, from + place, width)
}

/** Makes of a whole database one that is whole too, with other rows or another schema than the program writes. */
export function rewriteDatabase(path: string, random: Random): void {
  const database = new Database(path)
  try {
    database.pragma('journal_mode = DELETE')
    database.pragma('foreign_keys = OFF')
    database.pragma('ignore_check_constraints = ON')
    database.pragma('synchronous = OFF')
    const tables = database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
    const share = random.next()
    for (let count = 0; count <= random.below(3); count++) {
      const table = random.pick(tables)
      const columns = database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
      if (columns.length === 0) continue
      const [column, value] = [random.pick(columns), random.pick(cells)]
      attempt(() => {
        if (share < 0.2) database.exec(random.pick(statements))
        else if (share < 0.3) database.exec(`DELETE FROM "${table}"`)
        else database.prepare(`UPDATE "${table}" SET "${column}" = ?`).run(value)
      })
    }
  } finally {
    database.close()
  }
}

/** What another program, or a person with `sqlite3`, does to a cabinet: one value of one row, or one row less. */
export function changeRow(path: string, random: Random): void {
  const database = new Database(path)
  try {
    database.pragma('foreign_keys = OFF')
    database.pragma('ignore_check_constraints = ON')
    const tables = database
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all()
      .filter((table) => database.prepare(`SELECT 1 FROM "${table}"`).get() !== undefined)
    const table = random.pick(tables)
    const info = database
      .prepare<[string], { name: string; pk: number }>('SELECT name, pk FROM pragma_table_info(?)')
      .all(table)
    const keys = info.flatMap(({ name, pk }) => (pk > 0 ? [`"${name}"`] : [])).join(', ')
    const count = database.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 1
    const row = `(${keys}) IN (SELECT ${keys} FROM "${table}" LIMIT 1 OFFSET ${random.below(count)})`
    const { name: column } = random.pick(info)
    attempt(() => {
      if (random.chance(0.3)) database.exec(`DELETE FROM "${table}" WHERE ${row}`)
      else database.prepare(`UPDATE "${table}" SET "${column}" = ? WHERE ${row}`).run(random.pick(cells))
    })
  } finally {
    database.close()
  }
}

/** Not every value is possible in every column. */
function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
  }
}
