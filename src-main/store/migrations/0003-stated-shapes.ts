import type { Migration } from './migration.ts'

/** Lists show the sizes that a model's file states, so a function's row holds them too; they are in the report of each. */
export const statedShapes: Migration = {
  version: 3,
  name: 'stated shapes',
  up(database) {
    database.exec(`
      ALTER TABLE function ADD COLUMN stated_shapes TEXT NOT NULL DEFAULT '{"Input":[],"Output":[]}';
      UPDATE function SET stated_shapes = (
        SELECT json_object(
          'Input', json((
            SELECT json_group_array(json_extract(value, '$.Shape')) FROM json_each(i.report, '$.Inputs')
            WHERE NOT json_extract(value, '$.Initialized')
          )),
          'Output', json((SELECT json_group_array(json_extract(value, '$.Shape')) FROM json_each(i.report, '$.Outputs')))
        ) FROM inspection i WHERE i.function_id = function.id
      ) WHERE id IN (SELECT function_id FROM inspection);`)
  },
}
