import type { Database } from 'better-sqlite3'
import type { ListRecord } from '../list-record.ts'

/** Of the one blob that every file name stands for. */
const NO_FILE = '0'.repeat(64)

/** Writes list records as rows of a cabinet's own tables, in one transaction of the caller. */
export function recordWriter(database: Database) {
  const organisation = database
    .prepare<[], { id: number }>(
      `INSERT INTO organisation (uuid, name, own) VALUES ('0f8fad5b-d9cb-469f-a165-70867728950e', 'My models', 1)
       ON CONFLICT (uuid) DO UPDATE SET own = 1 RETURNING id`,
    )
    .get()
  if (!organisation) throw new Error('No organisation was written.')
  const statements = {
    catalogue: database.prepare<[string, number, string], { id: number }>(
      `INSERT INTO catalogue (uuid, organisation_id, name) VALUES (?, ?, ?)
       ON CONFLICT (uuid) DO UPDATE SET name = excluded.name RETURNING id`,
    ),
    insert: database.prepare(
      `INSERT INTO function (id, uuid, organisation_id, name, alias, status, source_name, source_url, source_kind, source_task, source_base_model, licence, tags, starred, runs, runs_failure,
         linked, total_size, width, height, opset, file_sha256, content_sha256, structure_sha256, inserted_at, updated_at, input_driver,
         output_driver, named_input, named_output, fields, input_names, output_names, operator_types, model_text, documentation)
       VALUES (@id, @uuid, @organisation, @name, @alias, @status, @sourceName, @sourceUrl, @sourceKind, @task, @baseModel, @licence, @tags, @starred, @runs, @runsFailure,
         @linked, @size, @width, @height, @opset, @fileSha256, @contentSha256, @structureSha256, @insertedAt, @updatedAt, 'vision',
         'scores', @namedInput, @namedOutput, @fields, @inputNames, @outputNames, @operatorTypes, @modelText, @documentation)`,
    ),
    member: database.prepare(
      `INSERT INTO function_catalogue (catalogue_id, function_id, live)
       SELECT ?, id, deleted_at IS NULL FROM function WHERE id = ?`,
    ),
    device: database.prepare('INSERT INTO function_device (device, function_id) VALUES (?, ?)'),
    property: database.prepare('INSERT INTO property (kind, name, function_id) VALUES (?, ?, ?)'),
    field: database.prepare('INSERT INTO function_field (function_id, name, numeric) VALUES (?, ?, ?)'),
    blob: database.prepare("INSERT INTO blob (kind, sha256, size) VALUES ('stored', ?, 0) ON CONFLICT DO NOTHING"),
    file: database.prepare(
      `INSERT INTO download (function_id, blob_id, role, name, mime_type)
       SELECT ?, id, 'model', ?, 'application/x-onnx' FROM blob WHERE sha256 = ?`,
    ),
    path: database.prepare('INSERT INTO function_path (path, model_path, function_id) VALUES (@path, @path, @id)'),
    erase: database.prepare('DELETE FROM function WHERE id = ?'),
  }
  const catalogueIds = new Map<string, number>()

  function catalogueId(uuid: string): number {
    let id = catalogueIds.get(uuid)
    if (id === undefined) {
      id = statements.catalogue.get(uuid, organisation?.id ?? 0, `Catalogue ${uuid}`)?.id ?? 0
      catalogueIds.set(uuid, id)
    }
    return id
  }

  const values = (names: readonly string[]) =>
    JSON.stringify(names.map((Name) => ({ DataType: 'float', Name, Shape: [] })))

  return {
    write(record: ListRecord): void {
      statements.insert.run({
        ...record,
        organisation: organisation.id,
        starred: Number(record.starred),
        runs: record.runs === null ? null : Number(record.runs),
        runsFailure: record.failure && JSON.stringify({ Reason: record.failure, Message: 'It does not run.' }),
        linked: Number(record.linked),
        tags: JSON.stringify(record.tags),
        fields: JSON.stringify(record.fields),
        namedInput: values(record.inputNames),
        namedOutput: values(record.outputNames),
        inputNames: record.inputNames.join('\n'),
        outputNames: record.outputNames.join('\n'),
        operatorTypes: record.operatorTypes.join('\n'),
      })
      for (const uuid of record.catalogues) statements.member.run(catalogueId(uuid), record.id)
      for (const path of record.paths) statements.path.run({ path, id: record.id })
      if (record.fileNames.length > 0) statements.blob.run(NO_FILE)
      for (const name of record.fileNames) statements.file.run(record.id, name, NO_FILE)
      for (const device of record.devices) statements.device.run(device, record.id)
      for (const name of record.inputOptions) statements.property.run('input', name, record.id)
      for (const name of record.outputOptions) statements.property.run('output', name, record.id)
      for (const [name, value] of Object.entries(record.fields)) {
        statements.field.run(record.id, name, typeof value === 'number' ? 1 : 0)
      }
    },
    /** Removes a function for good, with all that belongs to it. */
    erase(id: number): void {
      statements.erase.run(id)
    },
  }
}
