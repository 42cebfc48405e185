import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import type { FileStore } from '../../files/file-store.ts'
import { ExportedCatalogue, ExportedFunction, ExportedOrganisation, filesIn } from '../../reader/tasks/exported.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import { toFunctionFile } from '../functions/function-state.ts'
import type { ForeignFunction, FunctionWriter } from '../functions/function-writer.ts'
import type { JobRun } from '../jobs/job-definition.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import type { OpenExport, OpenExportParts } from './open-export.ts'

export type ExportParts = OpenExportParts & { changeLog: ChangeLog; repositories: Repositories; writer: FunctionWriter }
type Job = Pick<JobRun<unknown>, 'caller' | 'signal' | 'failure' | 'progress' | 'breathe'>
type ImportedFile = ExportedFunction['State']['Files'][number]

/** `trashed` are in the trash here; `merged` are the names of catalogues that were here under another UUID. */
export type ExportOutcome = { imported: string[]; present: number; trashed: number; refused: number; merged: string[] }

export const noOutcome = (): ExportOutcome => ({ imported: [], present: 0, trashed: 0, refused: 0, merged: [] })

/**
 * Takes in what another cabinet, or this one earlier, exported: organisations, catalogues and functions keep their UUIDs, times and history.
 * What is already here by its UUID stays as it is, and what is in the trash is named; so a broken import can simply be started again. What is wrong
 * with one function does not stop the others.
 */
export async function importExport(
  source: OpenExport,
  parts: ExportParts,
  job: Job,
  outcome: ExportOutcome,
): Promise<void> {
  const { changeLog, repositories } = parts
  outcome.refused += source.refusedCount
  for (const { What, Message } of source.refused) job.failure(What, Message)
  for await (const organisation of source.lines('organisations', ExportedOrganisation)) {
    if (repositories.organisations.find(organisation.UUID)) continue
    changeLog.change(() => repositories.organisations.insert(organisation, 'foreign'))
  }
  const catalogues = new Map<string, string>()
  for await (const catalogue of source.lines('catalogues', ExportedCatalogue)) {
    const uuid = takeCatalogue(catalogue, parts)
    if (uuid !== catalogue.UUID) outcome.merged.push(catalogue.Name)
    catalogues.set(catalogue.UUID, uuid)
  }
  let done = 0
  const before = outcome.imported.length
  job.progress({ total: source.manifest.Functions, unit: 'functions', done })
  for await (const exported of source.lines('functions', ExportedFunction)) {
    const here = repositories.functions.find(exported.UUID)
    if (here?.deletedAt != null) {
      outcome.trashed++
      job.failure(`“${here.item.Name}”`, 'It is in the trash. Restore it from there to have it back.')
    } else if (here) outcome.present++
    else await takeOrName(exported)
    job.progress({ done: ++done })
    await job.breathe()
  }
  const summary = `Imported an export of ${source.manifest.MadeAt}: ${plural(outcome.imported.length - before, 'model')}`
  changeLog.change((record) => record({ kind: 'cabinet.changed', uuid: null, by: job.caller.name, summary }))

  async function takeOrName(exported: ExportedFunction): Promise<void> {
    try {
      await takeFunction(source, exported, catalogues, parts, job)
      outcome.imported.push(exported.UUID)
    } catch (error) {
      job.signal.throwIfAborted()
      if (error instanceof Problem && error.status >= 500) throw error
      outcome.refused++
      const reason = error instanceof Problem ? error.message : 'It contradicts itself.'
      job.failure(`“${exported.State.Name}”`, reason)
    }
  }
}

/**
 * UUID of the catalogue here that stands for an exported one: the same, or one of that name, be it one's own or of its organisation. Two of one name
 * would not be told apart by people.
 */
function takeCatalogue(catalogue: ExportedCatalogue, { changeLog, repositories }: ExportParts): string {
  const { catalogues, organisations, events } = repositories
  if (catalogues.find(catalogue.UUID)) return catalogue.UUID
  const own = organisations.own()
  const organisationId = (organisations.find(catalogue.Organisation) ?? own)?.id ?? 0
  const namesake =
    catalogues.findByName(organisationId, catalogue.Name) ?? (own && catalogues.findByName(own.id, catalogue.Name))
  if (namesake) return namesake.body.UUID
  changeLog.change(() => {
    catalogues.insert(catalogue.UUID, organisationId, catalogue.Name)
    for (const event of catalogue.Events) appendEvent(events, catalogue.UUID, event)
  })
  return catalogue.UUID
}

async function takeFunction(
  source: OpenExport,
  exported: ExportedFunction,
  catalogues: ReadonlyMap<string, string>,
  { changeLog, repositories, files, writer }: ExportParts,
  job: Job,
): Promise<void> {
  const held: string[] = []
  const lost = new Set<string>()
  const needed = new Map<string, ImportedFile>()
  for (const file of [...exported.State.Files, ...exported.History.flatMap(({ Change }) => filesIn(Change))]) {
    needed.set(file.Sha256, file)
  }
  try {
    for (const { Sha256, Size } of needed.values()) {
      if (repositories.downloads.isStored(Sha256)) continue
      if (await takeFile(source, Sha256, Size, files, job.signal)) held.push(Sha256)
      else lost.add(Sha256)
    }
    await job.breathe()
    changeLog.change(() => {
      writer.insertForeign(toForeign(exported, catalogues, lost, repositories))
      for (const event of exported.Events) appendEvent(repositories.events, exported.UUID, event)
    })
  } catch (error) {
    for (const sha256 of held.splice(0)) {
      files.release(sha256)
      await files.remove(sha256, repositories.downloads.isStored)
    }
    throw error
  } finally {
    for (const sha256 of held) files.release(sha256)
  }
  for (const file of exported.State.Files) {
    if (lost.has(file.Sha256))
      job.failure(exported.State.Name, `Its file “${file.Name}” is missing or damaged in the export.`)
  }
}

/** Keeps a file of the archive; false where it is missing or its bytes are not those of its name. */
async function takeFile(
  source: OpenExport,
  sha256: string,
  size: number,
  files: FileStore,
  signal: AbortSignal,
): Promise<boolean> {
  const found = source.file(sha256)
  if (!found || found.size !== size) return false
  const staged = await files.receive(found.bytes(), { limit: size, signal }).catch((error: unknown) => {
    signal.throwIfAborted()
    if (error instanceof Error && 'code' in error && error.code === 'storage-full') throw error
    return undefined
  })
  if (staged?.sha256 !== sha256) {
    await staged?.discard()
    return false
  }
  await files.keep(staged)
  return true
}

function toForeign(
  exported: ExportedFunction,
  catalogues: ReadonlyMap<string, string>,
  lost: ReadonlySet<string>,
  { organisations }: Repositories,
): ForeignFunction {
  const { State, Link } = exported
  const organisation = organisations.find(exported.Organisation) ?? organisations.own()
  const own = State.Files.filter(({ Role }) => Role === 'model' || Role === 'external')
  return {
    uuid: exported.UUID,
    organisationId: organisation?.id ?? 0,
    state: { ...State, Catalogues: [...new Set(State.Catalogues.flatMap((uuid) => catalogues.get(uuid) ?? []))] },
    inspection: exported.Inspection ?? undefined,
    card: exported.Card,
    status: statusOf(
      own.length > 0,
      own.some(({ Sha256 }) => lost.has(Sha256)),
      Link !== null,
    ),
    revision: exported.Revision,
    insertedAt: exported.InsertedAt,
    updatedAt: exported.UpdatedAt,
    deletedAt: exported.DeletedAt,
    history: exported.History.map(({ Revision, At, By, Change }) => ({
      revision: { number: Revision, at: At, by: By, change: Change },
      files: filesIn(Change).map(toFunctionFile),
    })),
    benchmarks: exported.Benchmarks.map(({ UUID, At, Result }) => ({ uuid: UUID, at: At, result: Result })),
    link: Link && { kind: Link.Kind, target: Link.Target, message: own.length > 0 ? '' : NOT_FETCHED },
  }
}

const NOT_FETCHED = 'Its file was not fetched yet when it was exported. Fetch it again.'

/** What was going on in the other cabinet is not going on here. */
function statusOf(hasFiles: boolean, isLost: boolean, isLinked: boolean): ForeignFunction['status'] {
  if (hasFiles) return isLost ? 'error' : 'ok'
  return isLinked ? 'error' : 'new'
}

function appendEvent(events: Repositories['events'], uuid: string, event: ExportedFunction['Events'][number]): void {
  events.append({ at: event.At, kind: event.Kind, uuid, by: event.By, summary: event.Summary, change: event.Change })
}
