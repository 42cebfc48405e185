import type { Database } from 'better-sqlite3'
import type { FunctionStatus } from '../../../src-contract/contract/functions/function.ts'
import type { SourceKind } from '../../../src-contract/contract/functions/source.ts'
import type { FailureReason } from '../../../src-contract/contract/models/inspection.ts'
import { jsonOf } from '../../store/json.ts'
import { whole, withLong } from '../../store/repositories/long-columns.ts'
import { isFields, isTags } from '../../store/repositories/sound-row.ts'
import { readOr, salvageColumn } from '../../store/salvage.ts'
import { reachNumbers } from '../search/growable-array.ts'
import { type ListIndex, newListIndex, putRecord, removeRecord } from './list-index.ts'
import type { ListRecord } from './list-record.ts'

type Row = {
  change: number
  function_id: number
  /** Null where the function is gone for good. */
  uuid: string | null
  name: string
  alias: string
  documentation: string
  status: FunctionStatus
  source_name: string | null
  source_url: string | null
  source_kind: SourceKind | null
  source_task: string | null
  source_base_model: string | null
  licence: string | null
  tags: string
  input_names: string
  output_names: string
  model_text: string
  operator_types: string
  starred: number
  runs: number | null
  failure: FailureReason | null
  linked: number
  total_size: number
  width: number | null
  height: number | null
  opset: number | null
  file_sha256: string | null
  content_sha256: string | null
  complete: number
  /** Separated by NUL, which no path contains; null for none. */
  paths: string | null
  structure_sha256: string | null
  inserted_at: string
  updated_at: string
  deleted_at: string | null
  fields: string
  /** One a line; null for none. */
  files: string | null
  catalogues: string | null
  devices: string | null
  input_options: string | null
  output_options: string | null
}

const lines = (column: string, table: string, condition: string) =>
  `(SELECT group_concat(${column}, char(10)) FROM ${table} WHERE ${condition})`

/** Characters of documentation that a search looks through. */
const SEARCHED = 100_000

const names = ['input_names', 'output_names', 'model_text', 'operator_types']

const NO_LIMIT = -1

const bareColumns = (names: readonly string[]) => names.map((name) => `NULL AS ${name}`).join(', ')

const select = `
SELECT c.change, c.function_id, f.uuid, f.name, f.alias, substr(${whole('documentation')}, 1, ${SEARCHED}) AS documentation, f.status, f.source_name, f.source_url, f.source_kind,
  f.source_task, f.source_base_model, f.licence, f.tags,
  ${names.map((column) => `${whole(column)} AS ${column}`).join(', ')}, f.starred, f.runs, iif(json_valid(f.runs_failure), f.runs_failure ->> '$.Reason', NULL) AS failure, f.linked, f.total_size, f.width, f.height, f.opset, f.file_sha256, f.content_sha256, f.complete,
  (SELECT group_concat(path, char(0)) FROM function_path p WHERE p.function_id = f.id AND model_path = path) AS paths,
  f.structure_sha256, f.inserted_at, f.updated_at, f.deleted_at, ${whole('fields')} AS fields,
  CASE WHEN f.catalogue_count > 0 THEN
    ${lines('k.uuid', 'function_catalogue m JOIN catalogue k ON k.id = m.catalogue_id', 'm.function_id = f.id')}
  END AS catalogues,
  ${lines('name', 'download', "function_id = f.id AND role IN ('model', 'original')")} AS files,
  ${lines('device', 'function_device', 'function_id = f.id')} AS devices,
  ${lines('name', 'property', "function_id = f.id AND kind = 'input'")} AS input_options,
  ${lines('name', 'property', "function_id = f.id AND kind = 'output'")} AS output_options
FROM `
const join = `LEFT JOIN function f ON f.id = c.function_id ${withLong}`
const selectChanged = `${select} list_change c ${join} WHERE c.change > ? ORDER BY c.change LIMIT ?`

/** One function, with what belongs to it or without. */
const selectOne = `${select} (SELECT 0 AS change, ? AS function_id) c ${join}`
const selectBare = `SELECT 0 AS change, f.id AS function_id, f.*, NULL AS failure,
  ${bareColumns(['paths', 'files', 'catalogues', 'devices', 'input_options', 'output_options'])} FROM function f WHERE f.id = ?`

/**
 * Makes the function that takes into an index what changed in a database since the last call, at most `limit` functions, and
 * returns how many there were. Inside a read transaction the index then is at that transaction's state, unless there were
 * more changes than the limit. Where a page of the file is damaged, every function that can still be read is taken in, once.
 */
export function changeFollower(database: Database, index: ListIndex): (limit?: number) => number {
  const changed = database.prepare<[number, number], Row>(selectChanged)
  const one = database.prepare<[number], Row>(selectOne)
  const bare = database.prepare<[number], Row>(selectBare)
  let isSalvaged = false

  function put(row: Row, change: number): void {
    const record = toRecord(row)
    if (record) putRecord(index, record)
    else removeRecord(index, row.function_id)
    reachNumbers(index.changeOf, row.function_id + 1, 0)
    index.changeOf.values[row.function_id] = change
    index.change = Math.max(index.change, change)
  }

  /** All functions, one by one, each as far as damaged pages are not in the way. */
  function salvage(): number {
    if (isSalvaged) return 0
    isSalvaged = true
    const ids = salvageColumn<number>(database, 'function', 'id')
    const last = Math.max(index.change, ...salvageColumn<number>(database, 'list_change', 'change'))
    for (const id of ids) {
      const row = readOr(
        () => one.get(id),
        () =>
          readOr(
            () => bare.get(id),
            () => undefined,
          ),
      )
      if (row) put(row, last)
    }
    return ids.length
  }

  return (limit = NO_LIMIT) => {
    let count = 0
    return readOr(() => {
      for (const row of changed.iterate(index.change, limit)) {
        put(row, row.change)
        count++
      }
      return count
    }, salvage)
  }
}

/** What is in the trash, which no list has and few ask for. */
export function trashIndex(database: Database): ListIndex {
  const rows = database.prepare<[], Row>(
    `${select} (SELECT 0 AS change, id AS function_id FROM function WHERE deleted_at IS NOT NULL) c ${join}`,
  )
  const index = newListIndex(0)
  for (const row of rows.iterate()) {
    const record = toRecord({ ...row, deleted_at: null })
    if (record) putRecord(index, record)
  }
  return index
}

/** Null where the function is in the trash or gone. */
function toRecord(row: Row): ListRecord | null {
  if (row.uuid === null || row.deleted_at !== null) return null
  return {
    id: row.function_id,
    uuid: row.uuid,
    name: row.name,
    alias: row.alias,
    documentation: row.documentation,
    status: row.status,
    sourceName: row.source_name,
    sourceUrl: row.source_url,
    sourceKind: row.source_kind,
    task: row.source_task,
    baseModel: row.source_base_model,
    licence: row.licence,
    tags: row.tags === '[]' ? [] : either(isTags, row.tags, []),
    fileNames: split(row.files),
    modelText: row.model_text,
    inputNames: split(row.input_names),
    outputNames: split(row.output_names),
    operatorTypes: split(row.operator_types),
    inputOptions: split(row.input_options),
    outputOptions: split(row.output_options),
    catalogues: split(row.catalogues),
    devices: split(row.devices),
    starred: row.starred === 1,
    runs: row.runs === null ? null : row.runs === 1,
    failure: row.failure,
    linked: row.linked === 1,
    size: row.total_size,
    width: row.width,
    height: row.height,
    opset: row.opset,
    fileSha256: row.file_sha256,
    contentSha256: row.complete === 1 ? row.content_sha256 : row.uuid.replaceAll('-', ''),
    paths: split(row.paths, '\0'),
    structureSha256: row.structure_sha256,
    insertedAt: row.inserted_at,
    updatedAt: row.updated_at,
    fields: row.fields === '{}' ? {} : either(isFields, row.fields, {}),
  }
}

/** The value of a column, or what stands for a damaged one. */
function either<Value>(isRight: (value: unknown) => value is Value, text: string, instead: Value): Value {
  const value = jsonOf(text)
  return isRight(value) ? value : instead
}

function split(lines: string | null, separator = '\n'): string[] {
  return lines === null || lines === '' ? [] : lines.split(separator)
}
