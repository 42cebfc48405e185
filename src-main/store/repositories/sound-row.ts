import { z } from 'zod'
import {
  type FunctionItem,
  type FunctionStatus,
  NamedTensor,
  RunsFailure,
  StatedShapes,
} from '../../../src-contract/contract/functions/function.ts'
import { SourceKind } from '../../../src-contract/contract/functions/source.ts'
import { Truncated } from '../../../src-contract/contract/functions/truncated.ts'
import { NIL_UUID, Uuid } from '../../../src-contract/util/identifiers.ts'

const map = z.record(z.string(), z.json())
const tensors = z.array(NamedTensor)
/** What the program writes into these columns. */
export const StoredFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export const StoredTags = z.array(z.string())

const jsonColumns = {
  input_driver_details: [map, '{}'],
  output_driver_details: [map, '{}'],
  named_input: [tensors, '[]'],
  named_output: [tensors, '[]'],
  stated_shapes: [StatedShapes, '{"Input":[],"Output":[]}'],
  fields: [StoredFields, '{}'],
  sync_information: [map, '{}'],
  tags: [StoredTags, '[]'],
  runs_failure: [RunsFailure, null],
  truncated: [Truncated, '{}'],
} as const

/** Columns of a row of the list that are looked at; JSON columns are text. */
type Checked = Record<Exclude<keyof typeof jsonColumns, 'runs_failure'>, string> & {
  runs_failure: string | null
  uuid: string
  updated_at: string
  source_kind: SourceKind | null
  status: FunctionStatus
}

/**
 * The row with what is readable of it where another program or a failing disk has damaged it: it costs itself alone, and says so. What was damaged is
 * written anew with the next change of the function.
 * @param known what is known to be damaged already
 */
export function soundRow<Row extends Checked>(row: Row, known: readonly string[] = []): Row {
  const damaged = [...known]
  const sound = { ...row }
  for (const column of keysOf(jsonColumns)) {
    const [schema, empty] = jsonColumns[column]
    const text = row[column]
    if (text === null || isOf(schema, text)) continue
    damaged.push(column)
    Object.assign(sound, { [column]: empty })
  }
  if (!isUuid(row.uuid)) {
    damaged.push('uuid')
    sound.uuid = NIL_UUID
  }
  if (!isTime(row.updated_at)) {
    damaged.push('updated_at')
    sound.updated_at = new Date(0).toISOString()
  }
  if (!isKind(row.source_kind)) {
    damaged.push('source_kind')
    sound.source_kind = null
  }
  const Message = `The record of this model is damaged: ${damaged.join(', ')} cannot be read. Change the model, or replace it from a backup; its file is not affected.`
  sound.status = 'error'
  sound.sync_information = JSON.stringify({ State: 'damaged', Message })
  return sound
}

const isUuid = (text: string) => Uuid.safeParse(text).success
const isTime = (text: string) => !Number.isNaN(Date.parse(text))
const isKind = (kind: string | null) => kind === null || SourceKind.options.some((known) => known === kind)
const isMap = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isTensor = (value: NamedTensor) =>
  typeof value?.Name === 'string' && typeof value.DataType === 'string' && areNumbers(value.Shape)
const areNumbers = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'number')
const isShape = (value: unknown) =>
  value === null || (Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null))

/** Whether an object that was made of a row can be what the program wrote; looked at by hand, since lists have many rows. */
export function isSound(item: FunctionItem): boolean {
  const { NamedInput, NamedOutput, StatedShapes: shapes, Fields, Tags } = item
  return (
    isUuid(item.UUID) &&
    isTime(item.UpdatedAt) &&
    isKind(item.Source.Kind) &&
    [NamedInput, NamedOutput].every((side) => Array.isArray(side) && side.every(isTensor)) &&
    [shapes?.Input, shapes?.Output].every((side) => Array.isArray(side) && side.every(isShape)) &&
    [item.InputDriverDetails, item.OutputDriverDetails, item.SyncInformation, Fields, item.Truncated].every(isMap) &&
    Object.values(Fields).every((value) => typeof value !== 'object') &&
    Object.values(item.Truncated).every((length) => typeof length === 'number') &&
    Array.isArray(Tags) &&
    Tags.every((tag) => typeof tag === 'string') &&
    (item.RunsFailure === null || RunsFailure.safeParse(item.RunsFailure).success)
  )
}

function isOf(schema: z.ZodType, text: string): boolean {
  try {
    return schema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

function keysOf<Key extends string>(record: Record<Key, unknown>): Key[] {
  const isKey = (key: string): key is Key => Object.hasOwn(record, key)
  return Object.keys(record).filter(isKey)
}
