import type { Migration } from './migration.ts'

/** A function keeps small files that lay beside its model, and remembers what its card filled in. */
export const companions: Migration = {
  version: 10,
  name: 'companions',
  up(database) {
    database.exec(`
      CREATE TABLE rebuilt (
        id INTEGER PRIMARY KEY,
        function_id INTEGER NOT NULL REFERENCES function (id) ON DELETE CASCADE,
        blob_id INTEGER NOT NULL REFERENCES blob (id),
        role TEXT NOT NULL CHECK (role IN ('model', 'external', 'original', 'device', 'companion')),
        name TEXT NOT NULL, -- unique in its function; part of the download's path
        location TEXT, -- of an external-data file, as the model names it
        mime_type TEXT NOT NULL,
        UNIQUE (function_id, name)
      ) STRICT;
      INSERT INTO rebuilt (id, function_id, blob_id, role, name, location, mime_type)
        SELECT id, function_id, blob_id, role, name, location, mime_type FROM download;
      DROP TABLE download;
      ALTER TABLE rebuilt RENAME TO download;
      CREATE INDEX download_by_blob ON download (blob_id);
      ALTER TABLE function ADD COLUMN card TEXT; -- JSON: what its model card filled in`)
  },
}
