import type { Catalogue } from '../../../src-contract/contract/functions/catalogue.ts'
import type {
  Fields,
  FunctionItem,
  FunctionStatus,
  NamedTensor,
  RunsFailure,
  StatedShapes,
} from '../../../src-contract/contract/functions/function.ts'
import type { SourceKind } from '../../../src-contract/contract/functions/source.ts'
import { type Json, parseJson } from '../json.ts'

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
}

/** What a list item needs, from `functionItemTables`; the function goes by the name `f`. */
export const functionItemColumns = `
  f.uuid, f.name, f.alias, f.status, f.documentation, f.input_driver, f.input_driver_details, f.output_driver,
  f.output_driver_details, f.named_input, f.named_output, f.stated_shapes, f.fields, f.sync_information, f.source_name, f.source_url,
  f.source_kind, f.source_revision, f.source_role, f.source_task, f.source_base_model, f.licence, f.tags,
  f.starred, f.runs, f.runs_failure, f.file_sha256, f.content_sha256, f.complete, f.total_size, f.structure_sha256, f.code_size, f.updated_at,
  (SELECT json_group_array(path) FROM (
    SELECT path FROM function_path p WHERE p.function_id = f.id AND model_path = path ORDER BY path LIMIT 10
  )) AS paths,
  (SELECT count(*) FROM function_path p WHERE p.function_id = f.id AND model_path = path) AS path_count,
  o.uuid AS organisation_uuid, o.name AS organisation_name,
  CASE WHEN f.catalogue_count > 0 THEN (
    SELECT json_group_array(
      json_object('UUID', c.uuid, 'Name', c.name, 'Organisation', json_object('UUID', co.uuid, 'Name', co.name))
      ORDER BY c.name COLLATE NOCASE, c.uuid
    )
    FROM function_catalogue m JOIN catalogue c ON c.id = m.catalogue_id JOIN organisation co ON co.id = c.organisation_id
    WHERE m.function_id = f.id
  ) END AS catalogues`

export const functionItemTables = 'function f JOIN organisation o ON o.id = f.organisation_id'

/** The contract's object of a row; the writer and the reader process both use it. */
export function toFunctionItem(row: FunctionItemRow): FunctionItem {
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
