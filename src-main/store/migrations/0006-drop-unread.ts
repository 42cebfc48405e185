import type { Database } from 'better-sqlite3'
import type { Migration } from './migration.ts'

// Operators and sort columns were kept for lists that SQLite answered; lists are answered from memory now.
const dropped = `
DROP TABLE function_operator;
DROP TABLE operator;
DROP INDEX function_by_file;
DROP TRIGGER function_sort_columns;
ALTER TABLE function_catalogue DROP COLUMN name;
ALTER TABLE function_catalogue DROP COLUMN updated_at;
ALTER TABLE function_catalogue DROP COLUMN inserted_at;
ALTER TABLE function_catalogue DROP COLUMN uuid;
ALTER TABLE organisation DROP COLUMN inserted_at;
ALTER TABLE organisation DROP COLUMN updated_at;
ALTER TABLE catalogue DROP COLUMN inserted_at;
ALTER TABLE catalogue DROP COLUMN updated_at;
ALTER TABLE blob DROP COLUMN inserted_at;`

// The values are in function.fields; what is counted here is how many functions have a field, and in how many it is a number.
const fields = `
DROP INDEX function_field_by_text;
DROP INDEX function_field_by_number;
ALTER TABLE function_field ADD COLUMN numeric INTEGER NOT NULL DEFAULT 0 CHECK (numeric IN (0, 1));
UPDATE function_field SET numeric = 1 WHERE number IS NOT NULL;
ALTER TABLE function_field DROP COLUMN number;
ALTER TABLE function_field DROP COLUMN text;
CREATE INDEX function_field_by_name ON function_field (name, numeric);`

const trashed = `
CREATE TRIGGER function_trashed AFTER UPDATE OF deleted_at ON function WHEN new.catalogue_count > 0 BEGIN
  UPDATE function_catalogue SET live = new.deleted_at IS NULL WHERE function_id = new.id;
END;`

/** Drops what was written and never read. */
export const dropUnread: Migration = {
  version: 6,
  name: 'drop unread',
  up(database) {
    database.exec(dropped)
    database.exec(fields)
    dropChangeId(database)
    database.exec(trashed)
  },
}

/** SQLite cannot drop a UNIQUE column, so the table is made again without it. */
function dropChangeId(database: Database): void {
  const all = (sql: string) => database.prepare<[], string>(sql).pluck().all()
  const schema = (column: string, where: string) => all(`SELECT ${column} FROM sqlite_schema WHERE ${where}`)
  const ofTable = "tbl_name = 'function' AND sql IS NOT NULL"
  const [table = ''] = schema('sql', `type = 'table' AND ${ofTable}`)
  const indexes = schema('sql', `type = 'index' AND ${ofTable}`)
  const triggers = schema('sql', "type = 'trigger'")
  const columns = all("SELECT name FROM pragma_table_info('function') WHERE name <> 'change_id'").join(', ')
  const sequence = all("SELECT seq FROM sqlite_sequence WHERE name = 'function'")

  // Renaming a table checks every trigger, and some name the one that is gone at that moment.
  for (const name of schema('name', "type = 'trigger'")) database.exec(`DROP TRIGGER ${name}`)
  database.exec(table.replace('TABLE function', 'TABLE rebuilt').replace(/ *change_id .*\n/, ''))
  database.exec(`INSERT INTO rebuilt (${columns}) SELECT ${columns} FROM function; DROP TABLE function`)
  database.exec('ALTER TABLE rebuilt RENAME TO function')
  for (const sql of [...indexes, ...triggers]) database.exec(sql)

  // The identifier of a function that is gone is not given to another, even where it was the last one.
  database.exec("DELETE FROM sqlite_sequence WHERE name = 'function'")
  for (const last of sequence) database.prepare("INSERT INTO sqlite_sequence VALUES ('function', ?)").run(last)
}
