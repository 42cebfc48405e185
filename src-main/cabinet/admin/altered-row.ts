import type { AlteredRow } from '../../reader/tasks/list-tasks.ts'

/** What a person calls a row. */
export function nameOf({ table, row, uuid, name }: AlteredRow): string {
  if (uuid !== null) return `“${name}” (${uuid})`
  return name === null ? `${table} ${row}` : `${table} “${name}”`
}

/** What is wrong with it. */
export function sentenceOf({ table, row, how }: AlteredRow): string {
  return `A row of ${table} in the database (${row}) was ${how} by another program, or is damaged.`
}
