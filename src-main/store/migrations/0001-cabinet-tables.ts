import type { Migration } from './migration.ts'

// Times are ISO 8601 in UTC with milliseconds: as text they sort, and they are what the API answers.
// Booleans are 0 and 1. JSON columns hold what the contract's schemas describe.
// Live functions are those with `deleted_at IS NULL`; every index over the list is partial on that, so a statement must
// say it too. Sort orders end on the UUID in the direction of the last column, so that one index serves both directions.

const organisations = `
CREATE TABLE organisation (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1)),
  inserted_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX organisation_own ON organisation (own) WHERE own = 1;

CREATE TABLE catalogue (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  name TEXT NOT NULL,
  function_count INTEGER NOT NULL DEFAULT 0, -- live functions; kept by triggers
  inserted_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seal TEXT NOT NULL DEFAULT '',
  UNIQUE (organisation_id, name)
) STRICT;`

// `change_id` grows with every change of a function, so that newest first is the order of a search table's rowid.
// `seal` is a digest of the row as the program wrote it: a row changed by hand no longer matches it.
const functions = `
CREATE TABLE function (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  change_id INTEGER NOT NULL UNIQUE,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  revision INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  alias TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN ('new', 'downloading', 'ok', 'error')),
  source_name TEXT,
  source_url TEXT,
  starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
  runs INTEGER CHECK (runs IN (0, 1)), -- NULL: not checked yet
  linked INTEGER NOT NULL DEFAULT 0 CHECK (linked IN (0, 1)),
  catalogue_count INTEGER NOT NULL DEFAULT 0, -- kept by triggers; 0 = uncatalogued
  code_size INTEGER NOT NULL DEFAULT 0,
  width INTEGER,
  height INTEGER,
  channels INTEGER,
  opset INTEGER, -- of the default domain
  file_sha256 TEXT, -- of the model file
  structure_sha256 TEXT,
  inserted_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT,
  seal TEXT NOT NULL DEFAULT '',
  input_driver TEXT NOT NULL DEFAULT '',
  output_driver TEXT NOT NULL DEFAULT '',
  input_driver_details TEXT NOT NULL DEFAULT '{}',
  output_driver_details TEXT NOT NULL DEFAULT '{}',
  named_input TEXT NOT NULL DEFAULT '[]',
  named_output TEXT NOT NULL DEFAULT '[]',
  fields TEXT NOT NULL DEFAULT '{}',
  sync_information TEXT NOT NULL DEFAULT '{}',
  input_names TEXT NOT NULL DEFAULT '', -- one a line, for the search tables
  output_names TEXT NOT NULL DEFAULT '',
  operator_types TEXT NOT NULL DEFAULT '',
  documentation TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX function_by_name ON function (name COLLATE NOCASE, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_updated ON function (updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_inserted ON function (inserted_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_size ON function (code_size, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_status ON function (status, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_source ON function (source_name, source_url, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_source_url ON function (source_url, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_starred ON function (starred, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_runs ON function (runs, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_linked ON function (linked, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_width ON function (width, height, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_height ON function (height, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_opset ON function (opset, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_file ON function (file_sha256, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_by_structure ON function (structure_sha256, file_sha256, updated_at, uuid) WHERE deleted_at IS NULL;
CREATE INDEX function_uncatalogued ON function (updated_at, uuid) WHERE deleted_at IS NULL AND catalogue_count = 0;
CREATE INDEX function_trashed ON function (deleted_at, uuid) WHERE deleted_at IS NOT NULL;`

// The membership carries a copy of the function's sort columns, so that a catalogue's page is read from one index.
const memberships = `
CREATE TABLE function_catalogue (
  catalogue_id INTEGER NOT NULL REFERENCES catalogue (id) ON DELETE CASCADE,
  function_id INTEGER NOT NULL REFERENCES function (id) ON DELETE CASCADE,
  live INTEGER NOT NULL, -- the function is not in the trash
  name TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  inserted_at TEXT NOT NULL,
  uuid TEXT NOT NULL,
  PRIMARY KEY (catalogue_id, function_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX function_catalogue_by_function ON function_catalogue (function_id, catalogue_id);
CREATE INDEX function_catalogue_by_updated ON function_catalogue (catalogue_id, updated_at, uuid, function_id) WHERE live = 1;
CREATE INDEX function_catalogue_by_name ON function_catalogue (catalogue_id, name COLLATE NOCASE, uuid, function_id) WHERE live = 1;
CREATE INDEX function_catalogue_by_inserted ON function_catalogue (catalogue_id, inserted_at, uuid, function_id) WHERE live = 1;

CREATE TRIGGER function_catalogue_inserted AFTER INSERT ON function_catalogue BEGIN
  UPDATE catalogue SET function_count = function_count + new.live WHERE id = new.catalogue_id;
  UPDATE function SET catalogue_count = catalogue_count + 1 WHERE id = new.function_id;
END;
CREATE TRIGGER function_catalogue_deleted AFTER DELETE ON function_catalogue BEGIN
  UPDATE catalogue SET function_count = function_count - old.live WHERE id = old.catalogue_id;
  UPDATE function SET catalogue_count = catalogue_count - 1 WHERE id = old.function_id;
END;
CREATE TRIGGER function_catalogue_live AFTER UPDATE OF live ON function_catalogue WHEN old.live <> new.live BEGIN
  UPDATE catalogue SET function_count = function_count + new.live - old.live WHERE id = new.catalogue_id;
END;
CREATE TRIGGER function_sort_columns AFTER UPDATE OF name, updated_at, inserted_at, deleted_at ON function
WHEN new.catalogue_count > 0 BEGIN
  UPDATE function_catalogue
  SET name = new.name, updated_at = new.updated_at, inserted_at = new.inserted_at, live = new.deleted_at IS NULL
  WHERE function_id = new.id;
END;`

const contents = `
CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('stored', 'referenced')),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  size INTEGER NOT NULL CHECK (size >= 0),
  path TEXT, -- of a referenced file; a stored one lies under its SHA-256
  modified_at_ms REAL, -- of a referenced file when it was hashed
  inserted_at TEXT NOT NULL,
  CHECK ((kind = 'referenced') = (path IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX blob_stored ON blob (sha256) WHERE kind = 'stored';
CREATE UNIQUE INDEX blob_referenced ON blob (path) WHERE kind = 'referenced';
CREATE INDEX blob_by_sha256 ON blob (sha256);

CREATE TABLE download (
  id INTEGER PRIMARY KEY,
  function_id INTEGER NOT NULL REFERENCES function (id) ON DELETE CASCADE,
  blob_id INTEGER NOT NULL REFERENCES blob (id),
  role TEXT NOT NULL CHECK (role IN ('model', 'external', 'original', 'device')),
  name TEXT NOT NULL, -- unique in its function; part of the download's path
  location TEXT, -- of an external-data file, as the model names it
  mime_type TEXT NOT NULL,
  UNIQUE (function_id, name)
) STRICT;
CREATE INDEX download_by_blob ON download (blob_id);

CREATE TABLE function_device (
  device TEXT NOT NULL, -- cpu, hailo, mxa …
  function_id INTEGER NOT NULL REFERENCES function (id) ON DELETE CASCADE,
  PRIMARY KEY (device, function_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX function_device_by_function ON function_device (function_id, device);

CREATE TABLE inspection (
  function_id INTEGER PRIMARY KEY REFERENCES function (id) ON DELETE CASCADE,
  report TEXT NOT NULL, -- JSON, without Runtime
  runtime TEXT NOT NULL, -- JSON
  runtime_state TEXT NOT NULL CHECK (runtime_state IN ('pending', 'ok', 'failed'))
) STRICT;
CREATE INDEX inspection_pending ON inspection (function_id) WHERE runtime_state = 'pending';

CREATE TABLE operator (id INTEGER PRIMARY KEY, type TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE function_operator (
  operator_id INTEGER NOT NULL REFERENCES operator (id),
  function_id INTEGER NOT NULL REFERENCES function (id) ON DELETE CASCADE,
  PRIMARY KEY (operator_id, function_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX function_operator_by_function ON function_operator (function_id, operator_id);

CREATE TABLE property (
  kind TEXT NOT NULL CHECK (kind IN ('input', 'output')),
  name TEXT NOT NULL, -- an option of the name convention, such as image or bboxes
  function_id INTEGER NOT NULL REFERENCES function (id) ON DELETE CASCADE,
  PRIMARY KEY (kind, name, function_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX property_by_function ON property (function_id, kind, name);

CREATE TABLE function_field (
  function_id INTEGER NOT NULL REFERENCES function (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  number REAL, -- of a number; NULL otherwise
  text TEXT NOT NULL, -- of a string; 'true' or 'false'; a number as JSON writes it
  PRIMARY KEY (function_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX function_field_by_number ON function_field (name, number, function_id) WHERE number IS NOT NULL;
CREATE INDEX function_field_by_text ON function_field (name, text, function_id);`

const records = `
CREATE TABLE revision (
  function_id INTEGER NOT NULL REFERENCES function (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  change TEXT NOT NULL, -- JSON: [{Field, Before, After}]
  PRIMARY KEY (function_id, number)
) STRICT, WITHOUT ROWID;
-- Files that only a function's past names stay on disk.
CREATE TABLE revision_blob (
  function_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  blob_id INTEGER NOT NULL REFERENCES blob (id),
  PRIMARY KEY (function_id, number, blob_id),
  FOREIGN KEY (function_id, number) REFERENCES revision (function_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_blob_by_blob ON revision_blob (blob_id);

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  uuid TEXT, -- of the object it is about
  by TEXT NOT NULL,
  summary TEXT NOT NULL,
  change TEXT NOT NULL DEFAULT '[]' -- JSON: [{Field, Before, After}]
) STRICT;
CREATE INDEX event_by_at ON event (at);
CREATE INDEX event_by_uuid ON event (uuid, id);

CREATE TABLE token (
  uuid TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('read', 'write', 'admin')),
  secret_sha256 TEXT NOT NULL UNIQUE,
  first INTEGER NOT NULL DEFAULT 0, -- lies in the token file
  inserted_at TEXT NOT NULL,
  last_used_at TEXT,
  revoked_at TEXT
) STRICT;

CREATE TABLE link (
  function_id INTEGER PRIMARY KEY REFERENCES function (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('EdgeImpulse', 'Url', 'Path')),
  target TEXT NOT NULL, -- project, address or path
  secret BLOB, -- encrypted with the key file
  etag TEXT,
  downloaded_at TEXT,
  message TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE job (
  uuid TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'paused', 'done', 'failed', 'cancelled')),
  input TEXT NOT NULL, -- JSON: what the job was asked to do
  progress TEXT NOT NULL DEFAULT '{}', -- JSON: where it goes on after a restart
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  unit TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL DEFAULT '',
  result TEXT, -- JSON
  failures TEXT NOT NULL DEFAULT '[]', -- JSON: [{What, Message}]
  by TEXT NOT NULL,
  inserted_at TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT
) STRICT;
CREATE INDEX job_by_inserted ON job (inserted_at, uuid);
CREATE INDEX job_unfinished ON job (state) WHERE state IN ('waiting', 'running', 'paused');

CREATE TABLE benchmark (
  uuid TEXT PRIMARY KEY,
  function_id INTEGER NOT NULL REFERENCES function (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  result TEXT NOT NULL -- JSON
) STRICT;
CREATE INDEX benchmark_by_function ON benchmark (function_id, at);

CREATE TABLE watch (
  uuid TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  mode TEXT NOT NULL CHECK (mode IN ('copy', 'reference')),
  recursive INTEGER NOT NULL,
  catalogue_uuid TEXT,
  inserted_at TEXT NOT NULL
) STRICT;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`

/** Everything but the search tables. */
export const cabinetTables: Migration = {
  version: 1,
  name: 'cabinet-tables',
  up(database) {
    for (const statements of [organisations, functions, memberships, contents, records]) database.exec(statements)
  },
}
