import type { Migration } from './migration.ts'

/** Digests of every row of every table, in the place of those that only functions and catalogues had (`row-digests.ts`). */
export const rowDigests: Migration = {
  version: 12,
  name: 'row digests',
  up(database) {
    database.exec(`
      CREATE TABLE row_digest (
        tbl TEXT NOT NULL,
        row TEXT NOT NULL, -- JSON array: the row's primary key
        digest BLOB NOT NULL,
        PRIMARY KEY (tbl, row)
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE function DROP COLUMN seal;
      ALTER TABLE catalogue DROP COLUMN seal;`)
  },
}
