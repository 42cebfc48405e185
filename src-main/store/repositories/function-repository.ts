import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import type { FunctionItem, FunctionStatus, WholeFunction } from '../../../src-contract/contract/functions/function.ts'
import { readJson } from '../json.ts'
import { fittingPage } from '../page-size.ts'
import { readOr } from '../salvage.ts'
import {
  bareFunctionColumns,
  type FunctionItemRow,
  functionItemColumns,
  functionItemTables,
  sizeOf,
  toBareFunction,
  toFunctionItem,
  toWholeFunction,
  wholeFunctionColumns,
  wholeFunctionTables,
} from './function-row.ts'
import { divided, longWriter } from './long-columns.ts'
import type { RunsColumns } from './runs-columns.ts'

/** Columns that a writer sets, as they are stored. JSON columns are text. */
export type FunctionColumns = {
  name: string
  alias: string
  status: FunctionStatus
  source_name: string | null
  source_url: string | null
  source_kind: string | null
  source_revision: string | null
  source_role: string | null
  source_task: string | null
  source_base_model: string | null
  licence: string | null
  tags: string
  starred: 0 | 1
  linked: 0 | 1
  code_size: number
  width: number | null
  height: number | null
  channels: number | null
  opset: number | null
  file_sha256: string | null
  content_sha256: string | null
  complete: 0 | 1
  total_size: number
  structure_sha256: string | null
  input_driver: string
  output_driver: string
  input_driver_details: string
  output_driver_details: string
  named_input: string
  named_output: string
  stated_shapes: string
  fields: string
  sync_information: string
  input_names: string
  output_names: string
  operator_types: string
  model_text: string
  documentation: string
  /** JSON: what its model card filled in. */
  card: string | null
}

/** What a model card filled in: a digest of each value, by which it is known whether a person changed it since. */
const AppliedCard = z.object({
  Name: z.string(),
  Problem: z.string().nullable(),
  Values: z.record(z.string(), z.string()),
})
export type AppliedCard = z.infer<typeof AppliedCard>

/** A function with what the API does not tell. */
export type StoredFunction = {
  id: number
  revision: number
  insertedAt: string
  deletedAt: string | null
  fileSha256: string | null
  /** Of the model with its external files (`contentOf`), also where some of those are missing. */
  contentSha256: string | null
  /** What its model card filled in. */
  card: AppliedCard | null
  item: WholeFunction
}

type Row = FunctionItemRow & {
  id: number
  revision: number
  inserted_at: string
  deleted_at: string | null
  card: string | null
}

const select = `SELECT f.id, f.revision, f.inserted_at, f.deleted_at, f.card, ${wholeFunctionColumns} FROM ${wholeFunctionTables}`

/** Rows of `function`. */
export function createFunctionRepository(database: Database) {
  const byUuid = database.prepare<[string], Row>(`${select} WHERE f.uuid = ?`)
  const bare = database.prepare<[string], Row>(
    `SELECT ${bareFunctionColumns} FROM function f NOT INDEXED WHERE f.uuid = ?`,
  )
  const idOf = database.prepare<[string], number>('SELECT id FROM function WHERE uuid = ?').pluck()
  const trash = database.prepare<[number, number], FunctionItemRow & { deleted_at: string }>(
    `SELECT f.deleted_at, ${functionItemColumns} FROM ${functionItemTables} WHERE f.deleted_at IS NOT NULL ORDER BY f.deleted_at DESC, f.uuid DESC LIMIT ? OFFSET ?`,
  )
  const downloading = database
    .prepare<[], string>("SELECT uuid FROM function WHERE status = 'downloading' AND deleted_at IS NULL")
    .pluck()
  const trashed = database
    .prepare<[], string>('SELECT uuid FROM function WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, uuid DESC')
    .pluck()
  const trashCount = database.prepare<[], number>('SELECT count(*) FROM function WHERE deleted_at IS NOT NULL').pluck()
  const expired = database
    .prepare<[string, number], string>('SELECT uuid FROM function WHERE deleted_at < ? ORDER BY deleted_at LIMIT ?')
    .pluck()
  const purge = database.prepare<[number]>('DELETE FROM function WHERE id = ?')
  const withArchive = database
    .prepare<[string], string>(`
      SELECT DISTINCT f.uuid FROM blob b JOIN download d ON d.blob_id = b.id JOIN function f ON f.id = d.function_id
      WHERE b.sha256 = ? AND d.role = 'original' AND f.deleted_at IS NULL ORDER BY f.id`)
    .pluck()
  const withContent = database.prepare<[string], { uuid: string; trashed: 0 | 1 }>(
    'SELECT uuid, deleted_at IS NOT NULL AS trashed FROM function WHERE content_sha256 = ? AND complete = 1 ORDER BY id',
  )
  const named = database
    .prepare<[string], number>('SELECT 1 FROM function WHERE name = ? COLLATE NOCASE AND deleted_at IS NULL LIMIT 1')
    .pluck()
  const linked = database.prepare<[number], number>('SELECT linked FROM function WHERE id = ?').pluck()
  // One statement for each set of columns: making one takes longer than running it.
  const statements = new Map<string, Statement<[Record<string, string | number | null>]>>()
  function prepared(sql: string): Statement<[Record<string, string | number | null>]> {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare<Record<string, string | number | null>>(sql)
    statements.set(sql, statement)
    return statement
  }

  const writeLong = longWriter(database)
  function write(id: number, values: Record<string, string | number | null>): void {
    const { row, cut, long } = divided(values)
    const assignments = Object.keys(row).map((column) => `${column} = @${column}`)
    prepared(
      `UPDATE function SET ${assignments.join(', ')}, truncated = json_patch(iif(json_valid(truncated), truncated, '{}'), @cut) WHERE id = @id`,
    ).run({ ...row, cut: JSON.stringify(cut), id })
    writeLong(id, long)
  }

  return {
    idOf: (uuid: string): number | undefined => idOf.get(uuid),
    /** What can be read of a function: where a damaged page is in the way, without what belongs to it. */
    find: (uuid: string): StoredFunction | undefined =>
      readOr(
        () => stored(byUuid.get(uuid), toWholeFunction),
        () => stored(bare.get(uuid), toBareFunction),
      ),
    listTrash: (limit: number, offset: number): { item: FunctionItem; deletedAt: string }[] =>
      fittingPage(trash.iterate(limit, offset), sizeOf).rows.map((row) => ({
        item: toFunctionItem(row),
        deletedAt: row.deleted_at,
      })),
    /** UUIDs of live functions with the status `downloading`. */
    downloading: (): string[] => downloading.all(),
    trashed: (): string[] => trashed.all(),
    countTrash: (): number => trashCount.get() ?? 0,
    /** UUIDs of at most `limit` functions that were put into the trash before a time. */
    trashedBefore: (at: string, limit: number): string[] => expired.all(at, limit),
    insert(uuid: string, organisationId: number, columns: FunctionColumns, at: string): number {
      const { row, cut, long } = divided(columns)
      const values = {
        ...row,
        truncated: JSON.stringify(cut, (_, value) => value ?? undefined),
        uuid,
        organisation_id: organisationId,
        inserted_at: at,
        updated_at: at,
      }
      const names = Object.keys(values)
      const { lastInsertRowid } = prepared(
        `INSERT INTO function (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
      ).run(values)
      writeLong(Number(lastInsertRowid), long)
      return Number(lastInsertRowid)
    },
    /** A change by a person or client: moves `updated_at` and the revision. */
    update(id: number, columns: Partial<FunctionColumns>, revision: number, at: string): void {
      write(id, { ...columns, revision, updated_at: at })
    },
    /** Gives a function that comes from another cabinet the times and the revision that it had there. */
    adopt(id: number, given: { revision: number; updated_at: string; deleted_at: string | null }): void {
      write(id, given)
    },
    /** Puts a function into the trash, or takes it out with null. */
    setDeleted(id: number, deletedAt: string | null, revision: number, at: string): void {
      write(id, { deleted_at: deletedAt, revision, updated_at: at })
    },
    /** What work in the background found out. */
    setState(id: number, state: Partial<FunctionColumns & RunsColumns>): void {
      write(id, state)
    },
    /** Whether its file comes from somewhere else (`link`). */
    isLinked: (id: number): boolean => linked.get(id) === 1,
    /** Whether a live function goes by a name, in whatever case. */
    isNamed: (name: string): boolean => named.get(name) !== undefined,
    /** UUIDs of the live functions whose model came in the archive with these bytes; oldest first. */
    withArchive: (sha256: string): string[] => withArchive.all(sha256),
    /** The functions with exactly these files (`contentOf`), those in the trash too; oldest first. */
    withContent: (sha256: string) => withContent.all(sha256),
    purge(id: number): void {
      purge.run(id)
    },
  }
}

export type FunctionRepository = ReturnType<typeof createFunctionRepository>

function stored(row: Row | undefined, itemOf: (row: Row) => WholeFunction): StoredFunction | undefined {
  if (!row) return undefined
  return {
    id: row.id,
    revision: row.revision,
    insertedAt: row.inserted_at,
    deletedAt: row.deleted_at,
    fileSha256: row.file_sha256,
    contentSha256: row.content_sha256,
    card: row.card === null ? null : (readJson(AppliedCard, row.card) ?? null),
    item: itemOf(row),
  }
}
