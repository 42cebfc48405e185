import type { Migration } from './migration.ts'

/** Where a model comes from, and under which terms. */
export const sources: Migration = {
  version: 9,
  name: 'sources',
  up(database) {
    database.exec(`
      ALTER TABLE function ADD COLUMN source_kind TEXT;
      ALTER TABLE function ADD COLUMN source_revision TEXT;
      ALTER TABLE function ADD COLUMN source_role TEXT;
      ALTER TABLE function ADD COLUMN source_task TEXT;
      ALTER TABLE function ADD COLUMN source_base_model TEXT;
      ALTER TABLE function ADD COLUMN licence TEXT;
      ALTER TABLE function ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'; -- JSON`)
  },
}
