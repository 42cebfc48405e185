import type { Migration } from './migration.ts'

/** Searches look through what a model says of itself, so a function's row holds that too; it is in the report of each. */
export const modelTexts: Migration = {
  version: 7,
  name: 'model texts',
  up(database) {
    database.exec(`
      ALTER TABLE function ADD COLUMN model_text TEXT NOT NULL DEFAULT '';
      UPDATE function SET model_text = (
        SELECT substr(concat_ws(char(10),
          report ->> '$.Producer.Name', report ->> '$.Producer.Version', report ->> '$.Domain', report ->> '$.Documentation',
          report ->> '$.Graph.Documentation',
          (SELECT group_concat(concat(value ->> '$.Key', ' ', value ->> '$.Value'), char(10)) FROM json_each(report, '$.Metadata'))
        ), 1, 20000) FROM inspection WHERE function_id = function.id
      ) WHERE id IN (SELECT function_id FROM inspection);`)
  },
}
