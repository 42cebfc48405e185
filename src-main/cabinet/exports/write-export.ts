import { createReadStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import yazl from 'yazl'
import type { AuditEntry, FieldChange } from '../../../src-contract/contract/admin/event.ts'
import { hashSteadily } from '../../files/file-look.ts'
import type { FileStore } from '../../files/file-store.ts'
import {
  EXPORT_VERSION,
  type ExportedCatalogue,
  type ExportManifest,
  filesIn,
  type WrittenFunction,
} from '../../reader/tasks/exported.ts'
import { openReadOnly } from '../../store/open-read-only.ts'
import { createRepositories, type Repositories } from '../../store/repositories/repositories.ts'
import { readOr, salvageColumn } from '../../store/salvage.ts'
import { type FunctionState, stateOf } from '../functions/function-state.ts'
import { now } from '../kernel/change-log.ts'

/** Functions that are read between two turns. */
const BATCH = 20

type Parts = {
  databasePath: string
  files: FileStore
  /** UUIDs; absent: the whole cabinet. */
  only?: readonly string[]
}

/**
 * The whole cabinet, or some of its functions with their catalogues, as one zip archive, as it stands at this moment, whatever changes
 * while it is read. Files that stay elsewhere are put in too. Destroying the stream ends the work.
 */
export function writeExport({ databasePath, files, only }: Parts): Readable {
  const database = openReadOnly(databasePath)
  try {
    // The first read fixes what all later ones see.
    database.exec('BEGIN')
    return archive(database, files, only)
  } catch (error) {
    database.close()
    throw error
  }
}

function archive(database: Database.Database, files: FileStore, only: readonly string[] | undefined): Readable {
  const repositories = createRepositories(database)
  const zip = new yazl.ZipFile()
  const uuids =
    only ??
    readOr(
      () => database.prepare<[], string>('SELECT uuid FROM function ORDER BY id').pluck().all(),
      () => salvageColumn<string>(database, 'function', 'uuid'),
    )
  const damaged: Damaged = new Map()
  const part = only && partOf(repositories, only)
  const noted = noter(damaged)
  const own = noted('The organisation', undefined, () => repositories.organisations.own())
  const stored = blobsOf(database, files).filter(({ sha256 }) => part?.files.has(sha256) ?? true)
  const present = stored.filter(({ path }) => existsSync(path))
  const manifest: ExportManifest = {
    Format: 'model-cabinet-export',
    Version: EXPORT_VERSION,
    MadeAt: now(),
    Organisation: own?.UUID ?? '',
    Functions: uuids.length,
    Files: present.length,
    Missing: stored.filter((blob) => !present.includes(blob)).map(({ sha256 }) => sha256),
  }
  const addText = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name)
  const addLines = (name: string, rows: () => AsyncIterable<string>) =>
    zip.addReadStreamLazy(name, {}, (ready) => ready(null, Readable.from(rows())))
  addText('manifest.json', `${JSON.stringify(manifest, null, 1)}\n`)
  addText('organisations.jsonl', linesOf(noted('The organisations', [], () => repositories.organisations.list())))
  addText(
    'catalogues.jsonl',
    linesOf(
      noted('The catalogues', [], () => repositories.catalogues.list())
        .filter(({ UUID }) => part?.catalogues.has(UUID) ?? true)
        .map((one) => exportedCatalogue(repositories, one, noted)),
    ),
  )
  addLines('functions.jsonl', () => functionLines(database, repositories, uuids, damaged))
  zip.addReadStreamLazy('damaged.txt', {}, (ready) => ready(null, Readable.from([sentencesOf(damaged)])))
  // The library leaves what it reads open where its own output is cut off.
  let open: Readable | undefined
  for (const { sha256, path, isOwn } of present) {
    zip.addReadStreamLazy(`files/${sha256}`, { compress: false }, (ready) => {
      bytesOf(path, isOwn ? null : sha256).then(
        (bytes) => {
          open = bytes
          if (output.destroyed) bytes.destroy()
          ready(null, bytes)
        },
        (error: unknown) => output.destroy(error instanceof Error ? error : undefined),
      )
    })
  }
  zip.end()
  const output = Readable.from(zip.outputStream, { objectMode: false })
  zip.on('error', (error: Error) => output.destroy(error))
  output.once('close', () => {
    open?.destroy()
    database.close()
  })
  return output
}

type Blob = { sha256: string; path: string; isOwn: boolean }

function blobsOf(database: Database.Database, files: FileStore): Blob[] {
  return readOr(
    () =>
      database
        .prepare<[], { sha256: string; path: string | null }>(
          'SELECT sha256, max(path) AS path FROM blob GROUP BY sha256',
        )
        .all(),
    () => salvageColumn<string>(database, 'blob', 'sha256').map((sha256) => ({ sha256, path: null })),
  ).map(({ sha256, path }) =>
    path !== null && existsSync(path)
      ? { sha256, path, isOwn: false }
      : { sha256, path: files.pathOf(sha256), isOwn: true },
  )
}

/**
 * The bytes of a file. One that stays where it is may hold other bytes by now, which are given to no one: it is empty then, and counts as lost where
 * the export is read.
 * @param expected the digest that a file not in the cabinet's own keeping must still have
 */
async function bytesOf(path: string, expected: string | null): Promise<Readable> {
  if (expected === null) return createReadStream(path)
  const found = await hashSteadily(path).catch(() => undefined)
  return found?.sha256 === expected ? createReadStream(path) : Readable.from([])
}

/** The catalogues and files that some functions need, those of their history included. */
function partOf(repositories: Repositories, uuids: readonly string[]) {
  const needed = uuids.map((uuid) => readable(repositories, uuid, new Map())).filter((one) => one !== undefined)
  const files = needed.flatMap(({ State, History }) => [
    ...State.Files,
    ...History.flatMap(({ Change }) => filesIn(Change)),
  ])
  return {
    catalogues: new Set(needed.flatMap(({ State }) => State.Catalogues)),
    files: new Set(files.map(({ Sha256 }) => Sha256)),
  }
}

async function* functionLines(
  database: Database.Database,
  repositories: Repositories,
  uuids: readonly string[],
  damaged: Damaged,
): AsyncGenerator<string> {
  if (!database.open) return
  for (const [index, uuid] of uuids.entries()) {
    const exported = readable(repositories, uuid, damaged)
    if (exported) yield `${JSON.stringify(exported)}\n`
    if (index % BATCH === 0) await nextTurn()
    // The reader of the archive has gone away.
    if (!database.open) return
  }
}

/** What is not as it was kept, by the functions whose it is. */
type Damaged = Map<string, string>

/** Reads one part of the cabinet. Where a page of the file is damaged, it is noted under the name of what lacks it, and the rest goes on. */
type Noted = <Value>(name: string, empty: Value, read: () => Value) => Value

function noter(damaged: Damaged, uuid?: string): Noted {
  return (name, empty, read) =>
    readOr(read, () => {
      const sentence = `${name} cannot be read.`
      const before = uuid === undefined ? undefined : damaged.get(uuid)
      damaged.set(uuid ?? name, before === undefined ? sentence : `${before} ${sentence}`)
      return empty
    })
}

const sentencesOf = (damaged: Damaged) =>
  [...damaged].map(([what, sentence]) => `${what}: ${sentence}\n`).join('') || 'Everything could be read.\n'

/** As much of a function as can be read: an export is also what rescues the rest of a damaged cabinet. */
function readable(repositories: Repositories, uuid: string, damaged: Damaged): WrittenFunction | undefined {
  try {
    return exportedFunction(repositories, uuid, damaged)
  } catch (error) {
    damaged.set(uuid, error instanceof Error ? error.message : String(error))
    return undefined
  }
}

function exportedFunction(repositories: Repositories, uuid: string, damaged: Damaged): WrittenFunction | undefined {
  const stored = repositories.functions.find(uuid)
  if (!stored) return undefined
  const { id, item, revision, insertedAt, deletedAt } = stored
  const noted = noter(damaged, uuid)
  const link = noted('Its link', undefined, () => repositories.links.find(id))
  const history = noted('Its history', [], () => repositories.revisions.list(id).reverse())
  const lost = history.flatMap((one) => (one.damaged ? [`Revision ${one.number} cannot be read.`] : []))
  if (item.SyncInformation.State === 'damaged') lost.unshift(String(item.SyncInformation.Message))
  if (lost.length > 0) damaged.set(uuid, [...lost, damaged.get(uuid) ?? ''].join(' ').trim())
  return {
    UUID: uuid,
    Organisation: item.Organisation.UUID,
    Revision: revision,
    Status: item.Status,
    InsertedAt: insertedAt,
    UpdatedAt: item.UpdatedAt,
    DeletedAt: deletedAt,
    State: withoutPlaces(
      stateOf(
        stored,
        noted('Its list of files', [], () => repositories.downloads.list(id)),
      ),
    ),
    Inspection: noted('Its report', undefined, () => repositories.inspections.find(id)) ?? null,
    Card: stored.card,
    History: history.map(({ number, at, by, change }) => ({
      Revision: number,
      At: at,
      By: by,
      Change: change.map(withoutPlacesIn),
    })),
    Events: exportedEvents(noted('Its log', [], () => repositories.events.of(uuid))),
    Benchmarks: noted('Its benchmarks', [], () => repositories.benchmarks.list(id)).map(
      ({ uuid: UUID, at, result }) => ({ UUID, At: at, Result: result }),
    ),
    Link: link ? { Kind: link.kind, Target: link.target, SyncInformation: item.SyncInformation } : null,
  }
}

/** Where files are on this machine stays here; their bytes come along. */
const withoutPlaces = (state: FunctionState): FunctionState => ({
  ...state,
  Files: state.Files.map((file) => ({ ...file, Path: null, ModifiedAt: null })),
})

function withoutPlacesIn({ Field, Before, After }: FieldChange): FieldChange {
  const without = (value: FieldChange['After']) =>
    Field === 'Files' && Array.isArray(value)
      ? value.map((file) =>
          typeof file === 'object' && file !== null ? { ...file, Path: null, ModifiedAt: null } : file,
        )
      : value
  return { Field, Before: without(Before), After: without(After) }
}

function exportedCatalogue(
  { events }: Repositories,
  { UUID, Name, Organisation }: { UUID: string; Name: string; Organisation: { UUID: string } },
  noted: Noted,
): ExportedCatalogue {
  const log = noted(`The log of “${Name}”`, [], () => events.of(UUID))
  return { UUID, Name, Organisation: Organisation.UUID, Events: exportedEvents(log) }
}

function exportedEvents(entries: readonly AuditEntry[]) {
  return entries.map(({ At, Kind, By, Summary, Change }) => ({ At, Kind, By, Summary, Change }))
}

function linesOf(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
