import { createReadStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import yazl from 'yazl'
import type { AuditEntry } from '../../../src-contract/contract/admin/event.ts'
import type { FileStore } from '../../files/file-store.ts'
import { openReadOnly } from '../../store/open-read-only.ts'
import { createRepositories, type Repositories } from '../../store/repositories/repositories.ts'
import { stateOf } from '../functions/function-state.ts'
import { now } from '../kernel/change-log.ts'
import {
  EXPORT_VERSION,
  type ExportedCatalogue,
  type ExportedFunction,
  type ExportManifest,
  filesIn,
} from './exported.ts'

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
  const uuids = only ?? database.prepare<[], string>('SELECT uuid FROM function ORDER BY id').pluck().all()
  const part = only && partOf(repositories, only)
  const stored = blobsOf(database, files).filter(({ sha256 }) => part?.files.has(sha256) ?? true)
  const present = stored.filter(({ path }) => existsSync(path))
  const manifest: ExportManifest = {
    Format: 'model-cabinet-export',
    Version: EXPORT_VERSION,
    MadeAt: now(),
    Organisation: repositories.organisations.own()?.UUID ?? '',
    Functions: uuids.length,
    Files: present.length,
    Missing: stored.filter((blob) => !present.includes(blob)).map(({ sha256 }) => sha256),
  }
  const addText = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name)
  const addLines = (name: string, rows: () => AsyncIterable<string>) =>
    zip.addReadStreamLazy(name, {}, (ready) => ready(null, Readable.from(rows())))
  addText('manifest.json', `${JSON.stringify(manifest, null, 1)}\n`)
  addText('organisations.jsonl', linesOf(repositories.organisations.list()))
  addText(
    'catalogues.jsonl',
    linesOf(
      repositories.catalogues
        .list()
        .filter(({ UUID }) => part?.catalogues.has(UUID) ?? true)
        .map((one) => exportedCatalogue(repositories, one)),
    ),
  )
  addLines('functions.jsonl', () => functionLines(database, repositories, uuids))
  for (const { sha256, path } of present) {
    zip.addReadStreamLazy(`files/${sha256}`, { compress: false }, (ready) => ready(null, createReadStream(path)))
  }
  zip.end()
  const output = Readable.from(zip.outputStream, { objectMode: false })
  zip.on('error', (error: Error) => output.destroy(error))
  output.once('close', () => database.close())
  return output
}

function blobsOf(database: Database.Database, files: FileStore): { sha256: string; path: string }[] {
  return database
    .prepare<[], { sha256: string; path: string | null }>('SELECT sha256, max(path) AS path FROM blob GROUP BY sha256')
    .all()
    .map(({ sha256, path }) => ({ sha256, path: path !== null && existsSync(path) ? path : files.pathOf(sha256) }))
}

/** The catalogues and files that some functions need, those of their history included. */
function partOf(repositories: Repositories, uuids: readonly string[]) {
  const needed = uuids.map((uuid) => exportedFunction(repositories, uuid)).filter((one) => one !== undefined)
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
): AsyncGenerator<string> {
  if (!database.open) return
  for (const [index, uuid] of uuids.entries()) {
    const exported = exportedFunction(repositories, uuid)
    if (exported) yield `${JSON.stringify(exported)}\n`
    if (index % BATCH === 0) await nextTurn()
    // The reader of the archive has gone away.
    if (!database.open) return
  }
}

function exportedFunction(repositories: Repositories, uuid: string): ExportedFunction | undefined {
  const stored = repositories.functions.find(uuid)
  if (!stored) return undefined
  const { id, item, revision, insertedAt, deletedAt } = stored
  const link = repositories.links.find(id)
  return {
    UUID: uuid,
    Organisation: item.Organisation.UUID,
    Revision: revision,
    Status: item.Status,
    InsertedAt: insertedAt,
    UpdatedAt: item.UpdatedAt,
    DeletedAt: deletedAt,
    State: stateOf(stored, repositories.downloads.list(id)),
    Inspection: repositories.inspections.find(id) ?? null,
    History: repositories.revisions
      .list(id)
      .reverse()
      .map(({ number, at, by, change }) => ({ Revision: number, At: at, By: by, Change: change })),
    Events: exportedEvents(repositories.events.of(uuid)),
    Benchmarks: repositories.benchmarks
      .list(id)
      .map(({ uuid: UUID, at, result }) => ({ UUID, At: at, Result: result })),
    Link: link ? { Kind: link.kind, Target: link.target, SyncInformation: item.SyncInformation } : null,
  }
}

function exportedCatalogue(
  { events }: Repositories,
  { UUID, Name, Organisation }: { UUID: string; Name: string; Organisation: { UUID: string } },
): ExportedCatalogue {
  return { UUID, Name, Organisation: Organisation.UUID, Events: exportedEvents(events.of(UUID)) }
}

function exportedEvents(entries: readonly AuditEntry[]) {
  return entries.map(({ At, Kind, By, Summary, Change }) => ({ At, Kind, By, Summary, Change }))
}

function linesOf(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
