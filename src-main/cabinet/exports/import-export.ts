import { plural } from '../../../src-contract/words/human-number.ts'
import type { FileStore } from '../../files/file-store.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import { toFunctionFile } from '../functions/function-state.ts'
import type { ForeignFunction, FunctionWriter } from '../functions/function-writer.ts'
import type { JobRun } from '../jobs/job-definition.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { ExportedCatalogue, ExportedFunction, ExportedOrganisation, filesIn } from './exported.ts'
import type { OpenExport } from './open-export.ts'

export type ExportParts = { changeLog: ChangeLog; repositories: Repositories; files: FileStore; writer: FunctionWriter }
type Job = Pick<JobRun<unknown>, 'caller' | 'signal' | 'failure' | 'progress' | 'breathe'>
type ImportedFile = ExportedFunction['State']['Files'][number]

export type ExportOutcome = { imported: string[]; present: number }

/**
 * Takes in what another cabinet, or this one earlier, exported: organisations, catalogues and functions keep their UUIDs, times and history.
 * What is already here by its UUID, also in the trash, stays as it is; so a broken import can simply be started again.
 */
export async function importExport(source: OpenExport, parts: ExportParts, job: Job): Promise<ExportOutcome> {
  const { changeLog, repositories } = parts
  const outcome: ExportOutcome = { imported: [], present: 0 }
  for await (const organisation of source.lines('organisations.jsonl', ExportedOrganisation)) {
    if (repositories.organisations.find(organisation.UUID)) continue
    changeLog.change(() => repositories.organisations.insert(organisation, 'foreign'))
  }
  const catalogues = new Map<string, string>()
  for await (const catalogue of source.lines('catalogues.jsonl', ExportedCatalogue)) {
    catalogues.set(catalogue.UUID, takeCatalogue(catalogue, parts))
  }
  let done = 0
  job.progress({ total: source.manifest.Functions, unit: 'functions', done })
  for await (const exported of source.lines('functions.jsonl', ExportedFunction)) {
    if (repositories.functions.find(exported.UUID)) outcome.present++
    else {
      await takeFunction(source, exported, catalogues, parts, job)
      outcome.imported.push(exported.UUID)
    }
    job.progress({ done: ++done })
    await job.breathe()
  }
  const summary = `Imported an export of ${source.manifest.MadeAt}: ${plural(outcome.imported.length, 'model')}`
  changeLog.change((record) => record({ kind: 'cabinet.changed', uuid: null, by: job.caller.name, summary }))
  return outcome
}

/** UUID of the catalogue here that stands for an exported one: the same, or one of that name in its organisation. */
function takeCatalogue(catalogue: ExportedCatalogue, { changeLog, repositories }: ExportParts): string {
  const { catalogues, organisations, events } = repositories
  if (catalogues.find(catalogue.UUID)) return catalogue.UUID
  const organisation = organisations.find(catalogue.Organisation) ?? organisations.own()
  const organisationId = organisation?.id ?? 0
  const namesake = catalogues.findByName(organisationId, catalogue.Name)
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
  const organisation = organisations.find(exported.Organisation) ?? organisations.own()
  const model = exported.State.Files.find(({ Role }) => Role === 'model')
  return {
    uuid: exported.UUID,
    organisationId: organisation?.id ?? 0,
    state: {
      ...exported.State,
      Catalogues: exported.State.Catalogues.flatMap((uuid) => catalogues.get(uuid) ?? []),
      Files: exported.State.Files.map((file) => placed(file, lost)),
    },
    inspection: exported.Inspection ?? undefined,
    status: model && lost.has(model.Sha256) ? 'error' : exported.Status,
    revision: exported.Revision,
    insertedAt: exported.InsertedAt,
    updatedAt: exported.UpdatedAt,
    deletedAt: exported.DeletedAt,
    history: exported.History.map(({ Revision, At, By, Change }) => ({
      revision: { number: Revision, at: At, by: By, change: Change },
      files: filesIn(Change).map((file) => toFunctionFile(placed(file, lost))),
    })),
    benchmarks: exported.Benchmarks.map(({ UUID, At, Result }) => ({ uuid: UUID, at: At, result: Result })),
    link: exported.Link && {
      kind: exported.Link.Kind,
      target: exported.Link.Target,
      syncInformation: exported.Link.SyncInformation,
    },
  }
}

/** A file that stayed where it was on the other machine is kept here; where its bytes did not come, its old place is still told. */
function placed(file: ImportedFile, lost: ReadonlySet<string>): ImportedFile {
  return lost.has(file.Sha256) ? file : { ...file, Path: null, ModifiedAt: null }
}

function appendEvent(events: Repositories['events'], uuid: string, event: ExportedFunction['Events'][number]): void {
  events.append({ at: event.At, kind: event.Kind, uuid, by: event.By, summary: event.Summary, change: event.Change })
}
