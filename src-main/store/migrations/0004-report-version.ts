import type { Migration } from './migration.ts'

/** A report tells by which version of the reader it was written, so that a newer one can read the model again. */
export const reportVersions: Migration = {
  version: 4,
  name: 'report versions',
  up(database) {
    database.exec(`
      ALTER TABLE inspection ADD COLUMN report_version INTEGER NOT NULL DEFAULT 1;
      CREATE INDEX inspection_by_version ON inspection (report_version, function_id);`)
  },
}
