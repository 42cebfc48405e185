import type { Catalogue } from '../../../src-contract/contract/functions/catalogue.ts'
import type {
  Fields,
  FunctionItem,
  FunctionStatus,
  NamedTensor,
  RunsFailure,
  StatedShapes,
  WholeFunction,
} from '../../../src-contract/contract/functions/function.ts'
import type { SourceKind } from '../../../src-contract/contract/functions/source.ts'
import type { Truncated } from '../../../src-contract/contract/functions/truncated.ts'
import { NIL_UUID } from '../../../src-contract/util/identifiers.ts'
import { type Json, parseJson } from '../json.ts'
import { listedLongColumns, whole, withLong } from './long-columns.ts'
import { isSound, soundRow } from './sound-row.ts'

/** A row of the list as `functionItemColumns` selects it. JSON columns are text. */
export type FunctionItemRow = {
  uuid: string
  name: string
  alias: string
  status: FunctionStatus
  documentation: string
  input_driver: string
  input_driver_details: string
  output_driver: string
  output_driver_details: string
  named_input: string
  named_output: string
  stated_shapes: string
  fields: string
  sync_information: string
  source_name: string | null
  source_url: string | null
  source_kind: SourceKind | null
  source_revision: string | null
  source_role: string | null
  source_task: string | null
  source_base_model: string | null
  licence: string | null
  tags: string
  starred: number
  runs: number | null
  /** JSON; null unless it does not run. */
  runs_failure: string | null
  file_sha256: string | null
  content_sha256: string | null
  complete: number
  /** JSON. */
  paths: string
  path_count: number
  total_size: number
  structure_sha256: string | null
  code_size: number
  updated_at: string
  organisation_uuid: string
  organisation_name: string
  /** JSON array of catalogues; null where it is in none. */
  catalogues: string | null
  catalogue_count: number
  /** JSON: what of the row is cut. */
  truncated: string
}

/** Catalogues that a row of a list names. */
const LISTED_CATALOGUES = 100
const ALL = -1

const columnsOf = (value: (column: string) => string, catalogues: number) => `
  f.uuid, f.name, f.alias, f.status, f.input_driver, f.output_driver, f.sync_information, f.source_name, f.source_url,
  ${listedLongColumns.map((column) => `${value(column)} AS ${column}`).join(', ')},
  f.source_kind, f.source_revision, f.source_role, f.source_task, f.source_base_model, f.licence, f.tags,
  f.starred, f.runs, f.runs_failure, f.file_sha256, f.content_sha256, f.complete, f.total_size, f.structure_sha256, f.code_size, f.updated_at,
  (SELECT json_group_array(path) FROM (
    SELECT path FROM function_path p WHERE p.function_id = f.id AND model_path = path ORDER BY path LIMIT 10
  )) AS paths,
  (SELECT count(*) FROM function_path p WHERE p.function_id = f.id AND model_path = path) AS path_count,
  o.uuid AS organisation_uuid, o.name AS organisation_name, f.catalogue_count, f.truncated,
  CASE WHEN f.catalogue_count > 0 THEN (
    SELECT json_group_array(
      json_object('UUID', uuid, 'Name', name, 'Organisation', json_object('UUID', organisation_uuid, 'Name', organisation_name))
    ) FROM (
      SELECT c.uuid, c.name, co.uuid AS organisation_uuid, co.name AS organisation_name
      FROM function_catalogue m JOIN catalogue c ON c.id = m.catalogue_id JOIN organisation co ON co.id = c.organisation_id
      WHERE m.function_id = f.id ORDER BY c.name COLLATE NOCASE, c.uuid LIMIT ${catalogues}
    )
  ) END AS catalogues`

/** What a row of a list needs, from `functionItemTables`; the function goes by the name `f`. What is long is cut. */
export const functionItemColumns = columnsOf((column) => `f.${column}`, LISTED_CATALOGUES)

export const functionItemTables = 'function f JOIN organisation o ON o.id = f.organisation_id'

/** The same with everything whole, from `wholeFunctionTables`. */
export const wholeFunctionColumns = columnsOf(whole, ALL)

export const wholeFunctionTables = `${functionItemTables} ${withLong}`

/** What of a row is in the function's own table, in the place of the same, from `function f`: for where others are damaged. */
export const bareFunctionColumns = `
  f.*, '[]' AS paths, 0 AS path_count, '${NIL_UUID}' AS organisation_uuid, '' AS organisation_name, NULL AS catalogues, 0 AS catalogue_count`

/** A row of `bareFunctionColumns`. */
export const toBareItem = (row: FunctionItemRow): FunctionItem => itemOf(soundRow(row, ['what belongs to it']))

/** About how many bytes the row is as JSON. */
export function sizeOf(row: FunctionItemRow): number {
  let size = FRAME
  for (const value of Object.values(row)) if (typeof value === 'string') size += value.length
  return size
}
/** Bytes of the names of a row's keys. */
const FRAME = 900

/** A row of a list; of one that is damaged what is readable (`soundRow`). */
export function toFunctionItem(row: FunctionItemRow): FunctionItem {
  try {
    const item = itemOf(row)
    if (isSound(item)) return item
  } catch {
    // A column that is no JSON.
  }
  return itemOf(soundRow(row))
}

export const toWholeFunction = (row: FunctionItemRow) => withoutTruncated(toFunctionItem(row))

export const toBareFunction = (row: FunctionItemRow) => withoutTruncated(toBareItem(row))

function withoutTruncated({ Truncated: _, ...item }: FunctionItem): WholeFunction {
  return item
}

function itemOf(row: FunctionItemRow): FunctionItem {
  const Truncated = row.truncated === '{}' ? {} : parseJson<Truncated>(row.truncated)
  if (row.catalogue_count > LISTED_CATALOGUES) Truncated.Catalogues = row.catalogue_count
  return { ...partsOf(row), Truncated }
}

function partsOf(row: FunctionItemRow): WholeFunction {
  const paths = row.paths === '[]' ? [] : parseJson<string[]>(row.paths)
  return {
    Organisation: { UUID: row.organisation_uuid, Name: row.organisation_name },
    Catalogues: row.catalogues === null ? [] : parseJson<Catalogue[]>(row.catalogues),
    UUID: row.uuid,
    Name: row.name,
    Status: row.status,
    Alias: row.alias,
    Documentation: row.documentation,
    InputDriver: row.input_driver,
    InputDriverDetails: parseMap(row.input_driver_details),
    OutputDriver: row.output_driver,
    OutputDriverDetails: parseMap(row.output_driver_details),
    NamedInput: parseJson<NamedTensor[]>(row.named_input),
    NamedOutput: parseJson<NamedTensor[]>(row.named_output),
    StatedShapes: parseJson<StatedShapes>(row.stated_shapes),
    DeviceCount: 0,
    UpdatedAt: row.updated_at,
    FileSha256: row.file_sha256,
    ContentSha256: row.complete === 1 ? row.content_sha256 : null,
    StructureSha256: row.structure_sha256,
    Code: { Size: row.code_size },
    TotalSize: row.total_size,
    Path: paths[0] ?? null,
    Paths: paths,
    PathCount: row.path_count,
    SyncInformation: parseMap(row.sync_information),
    Source: {
      Name: row.source_name,
      Url: row.source_url,
      Kind: row.source_kind,
      Revision: row.source_revision,
      Role: row.source_role,
      Task: row.source_task,
      BaseModel: row.source_base_model,
    },
    Licence: row.licence,
    Tags: row.tags === '[]' ? [] : parseJson<string[]>(row.tags),
    Fields: row.fields === '{}' ? {} : parseJson<Fields>(row.fields),
    Starred: row.starred === 1,
    Runs: row.runs === null ? null : row.runs === 1,
    RunsFailure: row.runs_failure === null ? null : parseJson<RunsFailure>(row.runs_failure),
  }
}

/** Most maps are empty. */
function parseMap(text: string): Record<string, Json> {
  return text === '{}' ? {} : parseJson<Record<string, Json>>(text)
}
