import type { Database } from 'better-sqlite3'
import { contentOf } from '../content-digest.ts'
import { parseJson } from '../json.ts'
import type { Migration } from './migration.ts'

const changes = `
ALTER TABLE function ADD COLUMN content_sha256 TEXT; -- of the model with all of its external files
ALTER TABLE function ADD COLUMN complete INTEGER NOT NULL DEFAULT 1 CHECK (complete IN (0, 1)); -- whether all of those are here
ALTER TABLE function ADD COLUMN total_size INTEGER NOT NULL DEFAULT 0; -- of all of those
UPDATE function SET content_sha256 = file_sha256, total_size = code_size;
CREATE INDEX function_by_content ON function (content_sha256) WHERE content_sha256 IS NOT NULL;

ALTER TABLE blob ADD COLUMN stamp TEXT; -- of a referenced file when it was hashed: times and identity
DROP INDEX blob_referenced;
CREATE UNIQUE INDEX blob_referenced ON blob (path, sha256) WHERE kind = 'referenced';

CREATE TABLE function_path ( -- every place where a function's model was found, and where each file should be that it names
  path TEXT NOT NULL,
  function_id INTEGER NOT NULL REFERENCES function (id) ON DELETE CASCADE,
  model_path TEXT NOT NULL, -- the same as the path for the model itself
  PRIMARY KEY (path, function_id, model_path)
) STRICT, WITHOUT ROWID;
CREATE INDEX function_path_by_function ON function_path (function_id, path);
CREATE INDEX function_path_by_model ON function_path (model_path);
INSERT INTO function_path SELECT DISTINCT b.path, d.function_id, mb.path
FROM download d JOIN blob b ON b.id = d.blob_id
JOIN download md ON md.function_id = d.function_id AND md.role = 'model' JOIN blob mb ON mb.id = md.blob_id
WHERE b.kind = 'referenced' AND mb.kind = 'referenced' AND d.role IN ('model', 'external');`

// A path is something that lists are searched by.
const next = `max(coalesce((SELECT max(change) FROM list_change), 0) + 1, CAST(unixepoch('subsec') * 1000 AS INTEGER) * 1000)`
const triggers = `
CREATE TRIGGER function_path_list_insert AFTER INSERT ON function_path WHEN new.path = new.model_path BEGIN
  UPDATE list_change SET change = ${next} WHERE function_id = new.function_id;
END;
CREATE TRIGGER function_path_list_delete AFTER DELETE ON function_path WHEN old.path = old.model_path BEGIN
  UPDATE list_change SET change = ${next} WHERE function_id = old.function_id;
END;`

/** A model is its file and all external files: one digest and one size for them, and the paths where it was found. */
export const modelFiles: Migration = {
  version: 8,
  name: 'all files of a model',
  up(database) {
    database.exec(changes)
    database.exec(triggers)
    digestAll(database)
  },
}

type FileRow = { role: 'model' | 'external'; location: string | null; sha256: string; size: number }

function digestAll(database: Database): void {
  const withExternal = database.prepare<[], { id: number; external: string }>(
    "SELECT function_id AS id, report -> '$.External' AS external FROM inspection WHERE json_array_length(report, '$.External') > 0",
  )
  const files = database.prepare<[number], FileRow>(`
    SELECT d.role, d.location, b.sha256, b.size FROM download d JOIN blob b ON b.id = d.blob_id
    WHERE d.function_id = ? AND d.role IN ('model', 'external')`)
  const set = database.prepare<[string | null, number, number, number]>(
    'UPDATE function SET content_sha256 = ?, complete = ?, total_size = ? WHERE id = ?',
  )
  for (const { id, external } of withExternal.all()) {
    const named = parseJson<{ Location: string }[]>(external).map(({ Location }) => Location)
    const { sha256, complete, size } = contentOf(files.all(id), named)
    set.run(sha256, complete ? 1 : 0, size, id)
  }
}
