import { divided } from '../repositories/long-columns.ts'
import type { Migration } from './migration.ts'

const columns = [
  'documentation',
  'input_driver_details',
  'output_driver_details',
  'named_input',
  'named_output',
  'stated_shapes',
  'fields',
  'input_names',
  'output_names',
  'operator_types',
  'model_text',
]

/** Less than any column may have in a function's own row. */
const SURELY_SHORT = 1_000

/** A function's own row holds what a list shows of it; what is longer has a table of its own, so that no row makes lists slow. */
export const longValues: Migration = {
  version: 11,
  name: 'long values',
  up(database) {
    database.exec(`
      CREATE TABLE function_long (
        function_id INTEGER PRIMARY KEY REFERENCES function (id) ON DELETE CASCADE,
        ${columns.map((column) => `${column} TEXT`).join(',\n        ')}
      ) STRICT;
      ALTER TABLE function ADD COLUMN truncated TEXT NOT NULL DEFAULT '{}'; -- JSON: how long the values are that are cut here`)
    const maybeLong = columns.map((column) => `length(${column}) > ${SURELY_SHORT}`).join(' OR ')
    const ids = database.prepare<[], number>(`SELECT id FROM function WHERE ${maybeLong}`).pluck().all()
    const find = database.prepare<[number], Record<string, string>>(
      `SELECT ${columns.join(', ')} FROM function WHERE id = ?`,
    )
    const shorten = database.prepare(
      `UPDATE function SET ${columns.map((column) => `${column} = @${column}`).join(', ')}, truncated = json_patch('{}', @cut) WHERE id = @id`,
    )
    const keep = database.prepare(
      `INSERT INTO function_long (function_id, ${columns.join(', ')}) VALUES (@id, ${columns.map((column) => `@${column}`).join(', ')})`,
    )
    for (const id of ids) {
      const { row, cut, long } = divided(find.get(id) ?? {})
      if (Object.values(long).every((value) => value === null)) continue
      keep.run({ ...long, id })
      shorten.run({ ...row, cut: JSON.stringify(cut), id })
    }
  },
}
