import {
  type FunctionItem,
  type FunctionStatus,
  type NamedTensor,
  RunsFailure,
} from '../../../src-contract/contract/functions/function.ts'
import { SourceKind } from '../../../src-contract/contract/functions/source.ts'
import { NIL_UUID, Uuid } from '../../../src-contract/util/identifiers.ts'
import { jsonOf } from '../json.ts'

type Guard<Value> = (value: unknown) => value is Value

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList =
  <Entry>(isEntry: Guard<Entry>): Guard<Entry[]> =>
  (value): value is Entry[] =>
    Array.isArray(value) && value.every(isEntry)
const isText = (value: unknown) => typeof value === 'string'
const isNumber = (value: unknown) => typeof value === 'number'
const isScalar = (value: unknown) => isText(value) || isNumber(value) || typeof value === 'boolean'
const isTensor = (value: unknown): value is NamedTensor =>
  isMap(value) && isText(value.Name) && isText(value.DataType) && isList(isNumber)(value.Shape)
const isSize = (value: unknown): value is unknown => isText(value) || isNumber(value) || value === null
const isShape = (value: unknown): value is unknown => value === null || isList(isSize)(value)
const isUuid = (value: unknown) => Uuid.safeParse(value).success
const isTime = (value: unknown) => isText(value) && !Number.isNaN(Date.parse(value))
const isKind = (value: unknown) => value === null || SourceKind.options.some((known) => known === value)

/** Custom fields as the program writes them; looked at by hand, as all of this is, since lists have many rows. */
export const isFields = (value: unknown): value is FunctionItem['Fields'] =>
  isMap(value) && Object.values(value).every(isScalar)
export const isTags: Guard<string[]> = isList(isText)

/** What the program writes into each column, where an object that is made of the row has it, and what stands there instead where it is damaged. */
const columns = {
  uuid: { isRight: isUuid, of: (item) => item.UUID, instead: NIL_UUID },
  updated_at: { isRight: isTime, of: (item) => item.UpdatedAt, instead: new Date(0).toISOString() },
  source_kind: { isRight: isKind, of: (item) => item.Source.Kind, instead: null },
  input_driver_details: { isRight: isMap, of: (item) => item.InputDriverDetails, instead: {} },
  output_driver_details: { isRight: isMap, of: (item) => item.OutputDriverDetails, instead: {} },
  named_input: { isRight: isList(isTensor), of: (item) => item.NamedInput, instead: [] },
  named_output: { isRight: isList(isTensor), of: (item) => item.NamedOutput, instead: [] },
  stated_shapes: {
    isRight: (value) => isMap(value) && [value.Input, value.Output].every(isList(isShape)),
    of: (item) => item.StatedShapes,
    instead: { Input: [], Output: [] },
  },
  fields: { isRight: isFields, of: (item) => item.Fields, instead: {} },
  sync_information: { isRight: isMap, of: (item) => item.SyncInformation, instead: {} },
  tags: { isRight: isTags, of: (item) => item.Tags, instead: [] },
  runs_failure: {
    isRight: (value) => value === null || RunsFailure.safeParse(value).success,
    of: (item) => item.RunsFailure,
    instead: null,
  },
  truncated: {
    isRight: (value) => isMap(value) && Object.values(value).every(isNumber),
    of: (item) => item.Truncated,
    instead: {},
  },
} as const satisfies Record<
  string,
  { isRight(value: unknown): boolean; of(item: FunctionItem): unknown; instead: unknown }
>
const rules = Object.values(columns)
const plain = ['uuid', 'updated_at', 'source_kind']

/** Columns of a row of the list that are looked at; JSON columns are text. */
type Checked = Record<Exclude<keyof typeof columns, 'runs_failure' | 'source_kind'>, string> & {
  runs_failure: string | null
  source_kind: SourceKind | null
  status: FunctionStatus
}

/** Whether an object that was made of a row can be what the program wrote. */
export const isSound = (item: FunctionItem): boolean => rules.every(({ isRight, of }) => isRight(of(item)))

/**
 * The row with what is readable of it where another program or a failing disk has damaged it: it costs itself alone, and says so. What was damaged is
 * written anew with the next change of the function.
 * @param known what is known to be damaged already
 */
export function soundRow<Row extends Checked>(row: Row, known: readonly string[] = []): Row {
  const damaged = [...known]
  const sound = { ...row }
  for (const column of keysOf(columns)) {
    const { isRight, instead } = columns[column]
    const isPlain = plain.includes(column)
    if (isRight(isPlain ? row[column] : jsonOf(row[column]))) continue
    damaged.push(column)
    Object.assign(sound, { [column]: isPlain || instead === null ? instead : JSON.stringify(instead) })
  }
  const Message = `The record of this model is damaged: ${damaged.join(', ')} cannot be read. Change the model, or replace it from a backup; its file is not affected.`
  sound.status = 'error'
  sound.sync_information = JSON.stringify({ State: 'damaged', Message })
  return sound
}

function keysOf<Key extends string>(record: Record<Key, unknown>): Key[] {
  const isKey = (key: string): key is Key => Object.hasOwn(record, key)
  return Object.keys(record).filter(isKey)
}
