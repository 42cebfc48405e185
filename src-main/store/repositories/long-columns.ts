import type { Database } from 'better-sqlite3'
import type { TruncatedKey } from '../../../src-contract/contract/functions/truncated.ts'
import { parseJson } from '../json.ts'

/** Characters of documentation that a row of a list has. */
const LISTED_TEXT = 1_000
/** Entries of a list of in- or outputs that a row has, and characters of their JSON. */
const LISTED_ENTRIES = 256
const LISTED_JSON = 16_000
/** Characters of JSON that a map in a row has; of custom fields the long values are cut then, so that every name stays. */
const LISTED_MAP = 4_000
const LISTED_VALUE = 200
/** Characters of the texts that only searches read. */
const SEARCHED = 4_000

/** What a row has of a value that is too long for it, and how long the value is. */
type Bounded = { short: string; length: number }

type Bound = { key: TruncatedKey | null; bound(text: string): Bounded | null }

const searched: Bound = { key: null, bound: (text) => (text.length <= SEARCHED ? null : { short: '', length: 0 }) }

/** The columns of `function` that may be of any length. Where one is too long for a list, the whole is in `function_long`. */
const longColumns: Readonly<Record<string, Bound>> = {
  documentation: { key: 'Documentation', bound: boundText },
  input_driver_details: { key: 'InputDriverDetails', bound: boundMap },
  output_driver_details: { key: 'OutputDriverDetails', bound: boundMap },
  named_input: { key: 'NamedInput', bound: boundEntries },
  named_output: { key: 'NamedOutput', bound: boundEntries },
  stated_shapes: { key: 'StatedShapes', bound: boundShapes },
  fields: { key: 'Fields', bound: boundFields },
  input_names: searched,
  output_names: searched,
  operator_types: searched,
  model_text: searched,
}

/** Those of them that a list shows; the others are only searched. */
export const listedLongColumns = Object.keys(longColumns).filter((column) => longColumns[column]?.key !== null)

type Values = Record<string, string | number | null>

/** The whole value of a column, from `functionTables`. */
export const whole = (column: string) =>
  Object.hasOwn(longColumns, column) ? `coalesce(l.${column}, f.${column})` : `f.${column}`

export const withLong = 'LEFT JOIN function_long l ON l.function_id = f.id'

/** Divides the values of a row into what `function` holds, with what is cut there, and what `function_long` holds. */
export function divided(values: Values): {
  row: Values
  cut: Partial<Record<TruncatedKey, number | null>>
  long: Values
} {
  const row = { ...values }
  const cut: Partial<Record<TruncatedKey, number | null>> = {}
  const long: Values = {}
  for (const [column, { key, bound }] of Object.entries(longColumns)) {
    const value = values[column]
    if (typeof value !== 'string') continue
    const bounded = bound(value)
    long[column] = bounded && value
    if (bounded) row[column] = bounded.short
    if (key) cut[key] = bounded?.length ?? null
  }
  return { row, cut, long }
}

/** Writes what is too long for a function's own row, and takes away what no longer is. */
export function longWriter(database: Database): (id: number, long: Values) => void {
  const remove = database.prepare<[number]>('DELETE FROM function_long WHERE function_id = ?')
  const has = database.prepare<[number], number>('SELECT 1 FROM function_long WHERE function_id = ?').pluck()
  return (id, long) => {
    const columns = Object.keys(long)
    const isShort = Object.values(long).every((value) => value === null)
    if (columns.length === 0 || (isShort && has.get(id) === undefined)) return
    const set = columns.map((column) => `${column} = excluded.${column}`).join(', ')
    const values = columns.map((column) => `@${column}`).join(', ')
    database
      .prepare<Values>(
        `INSERT INTO function_long (function_id, ${columns.join(', ')}) VALUES (@function_id, ${values}) ON CONFLICT DO UPDATE SET ${set}`,
      )
      .run({ ...long, function_id: id })
    if (isShort && columns.length === Object.keys(longColumns).length) remove.run(id)
  }
}

function boundText(text: string): Bounded | null {
  return text.length <= LISTED_TEXT ? null : { short: cutText(text, LISTED_TEXT), length: text.length }
}

function boundMap(text: string): Bounded | null {
  if (text.length <= LISTED_MAP) return null
  const entries = Object.entries(parseJson<Record<string, unknown>>(text))
  return { short: JSON.stringify(Object.fromEntries(fitting(entries, LISTED_MAP))), length: entries.length }
}

function boundFields(text: string): Bounded | null {
  if (text.length <= LISTED_MAP) return null
  const entries = Object.entries(parseJson<Record<string, unknown>>(text))
  const short = entries.map(([name, value]) => [name, typeof value === 'string' ? cutText(value, LISTED_VALUE) : value])
  return { short: JSON.stringify(Object.fromEntries(short)), length: entries.length }
}

function boundEntries(text: string): Bounded | null {
  const entries = parseJson<unknown[]>(text)
  if (text.length <= LISTED_JSON && entries.length <= LISTED_ENTRIES) return null
  return { short: JSON.stringify(fitting(entries, LISTED_JSON).slice(0, LISTED_ENTRIES)), length: entries.length }
}

function boundShapes(text: string): Bounded | null {
  const { Input, Output } = parseJson<{ Input: unknown[]; Output: unknown[] }>(text)
  if (text.length <= LISTED_JSON && Math.max(Input.length, Output.length) <= LISTED_ENTRIES) return null
  const short = (entries: unknown[]) => fitting(entries, LISTED_JSON / 2).slice(0, LISTED_ENTRIES)
  return {
    short: JSON.stringify({ Input: short(Input), Output: short(Output) }),
    length: Input.length + Output.length,
  }
}

/** The first entries whose JSON has at most so many characters. */
function fitting<T>(entries: readonly T[], limit: number): T[] {
  let length = 2
  const end = entries.findIndex((entry) => {
    length += JSON.stringify(entry).length + 1
    return length > limit
  })
  return end === -1 ? [...entries] : entries.slice(0, end)
}

/** Half of a pair of surrogates is no character. */
function cutText(text: string, limit: number): string {
  const short = text.slice(0, limit)
  return short.isWellFormed() ? short : short.slice(0, -1)
}
