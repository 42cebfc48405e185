import type { Migration } from './migration.ts'

// Which function changed when, for those who keep an index of the list in memory (store/function-list). One row a function,
// moved to the end by every change of it or of what belongs to it, and kept when the function is gone for good: a reader that
// knows the list up to some change reads what comes after it and has missed nothing.
const table = `
CREATE TABLE list_change (
  change INTEGER PRIMARY KEY,
  function_id INTEGER NOT NULL UNIQUE
) STRICT;
INSERT INTO list_change (change, function_id) SELECT row_number() OVER (ORDER BY change_id), id FROM function;`

// It grows always, and follows the clock (microseconds), so that a file put back from a backup, and changed again, does not give
// out once more the numbers of the changes it lost.
const next = `max(
  coalesce((SELECT max(change) FROM list_change), 0) + 1,
  CAST(unixepoch('subsec') * 1000 AS INTEGER) * 1000
)`

const move = (row: string) => `UPDATE list_change SET change = ${next} WHERE function_id = ${row};`

const triggers = `
CREATE TRIGGER function_list_insert AFTER INSERT ON function BEGIN
  ${move('new.id')} -- where the id was another function's
  INSERT INTO list_change (change, function_id)
    SELECT ${next}, new.id WHERE NOT EXISTS (SELECT 1 FROM list_change WHERE function_id = new.id);
END;
CREATE TRIGGER function_list_update AFTER UPDATE ON function BEGIN ${move('new.id')} END;
CREATE TRIGGER function_list_delete AFTER DELETE ON function BEGIN ${move('old.id')} END;
-- A membership is counted on the function's own row, so that its change is one of the function.
CREATE TRIGGER function_device_list_insert AFTER INSERT ON function_device BEGIN ${move('new.function_id')} END;
CREATE TRIGGER function_device_list_delete AFTER DELETE ON function_device BEGIN ${move('old.function_id')} END;
CREATE TRIGGER property_list_insert AFTER INSERT ON property BEGIN ${move('new.function_id')} END;
CREATE TRIGGER property_list_delete AFTER DELETE ON property BEGIN ${move('old.function_id')} END;`

// The list is answered from memory: what only it was to read from is not kept up at every write any more. (A change of 10,000
// functions takes a sixth of the time, and the file half the room.)
const unread = [
  ...['size', 'status', 'source_url', 'starred', 'runs', 'linked', 'width', 'height', 'opset', 'structure'].map(
    (column) => `function_by_${column}`,
  ),
  'function_uncatalogued',
  'function_catalogue_by_updated',
  'function_catalogue_by_name',
  'function_catalogue_by_inserted',
]

/** The order of changes that the list's index follows. */
export const listChanges: Migration = {
  version: 2,
  name: 'list-changes',
  up(database) {
    database.exec(table)
    database.exec(triggers)
    for (const index of unread) database.exec(`DROP INDEX ${index}`)
  },
}
