import type { Migration } from './migration.ts'

/** Lists say why a model does not run, so a function's row holds that too; it is in the inspection of each. */
export const runsFailure: Migration = {
  version: 5,
  name: 'why models do not run',
  up(database) {
    database.exec(`
      ALTER TABLE function ADD COLUMN runs_failure TEXT; -- JSON; NULL unless runs = 0
      UPDATE function SET runs_failure = (
        SELECT json_object('Reason', i.runtime ->> '$.Reason', 'Message', i.runtime ->> '$.Message')
        FROM inspection i WHERE i.function_id = function.id AND i.runtime ->> '$.Reason' IS NOT NULL
      ) WHERE runs = 0;`)
  },
}
