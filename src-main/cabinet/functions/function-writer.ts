import type { FieldChange } from '../../../src-contract/contract/admin/event.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { type Inspection, pendingRuntimeCheck } from '../../../src-contract/contract/models/inspection.ts'
import type { StoredBenchmark } from '../../store/repositories/benchmark-repository.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { AppliedCard, FunctionColumns, StoredFunction } from '../../store/repositories/function-repository.ts'
import type { LinkKind } from '../../store/repositories/link-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { StoredRevision } from '../../store/repositories/revision-repository.ts'
import { runsColumns } from '../../store/repositories/runs-columns.ts'
import { now } from '../kernel/change-log.ts'
import { syncInformation } from '../links/link-state.ts'
import { type FunctionState, stateOf, toFunctionFile, withState } from './function-state.ts'
import { imageColumns, modelColumns, propertiesOf } from './model-columns.ts'

/** A new function as it is written; `inspection` belongs to its model. */
export type NewFunction = {
  uuid: string
  organisationId: number
  state: FunctionState
  inspection: Inspection | undefined
  /** What its model card filled in. */
  card: AppliedCard | null
  status: FunctionColumns['status']
  by: string
  change: FieldChange[]
}

/** A function as another cabinet had it; its file names, times, revision and history are kept. */
export type ForeignFunction = Omit<NewFunction, 'by' | 'change'> & {
  revision: number
  insertedAt: string
  updatedAt: string
  deletedAt: string | null
  history: { revision: StoredRevision; files: FunctionFile[] }[]
  benchmarks: StoredBenchmark[]
  link: { kind: LinkKind; target: string; message: string } | null
}

/** A changed function. `inspection` is null where it has no model any more, and left out where the model stays as it is. */
export type ChangedFunction = {
  before: FunctionState
  after: FunctionState
  inspection?: Inspection | null | undefined
  card?: AppliedCard | null | undefined
  by: string
  change: FieldChange[]
}

/** Writes a function into all its tables at once. Every method is called in a transaction. */
export function createFunctionWriter(repositories: Repositories) {
  const { functions, downloads, inspections, attributes, revisions, catalogues, benchmarks, links } = repositories

  function refuseUnknownCatalogues(uuids: readonly string[], known: readonly string[]): void {
    for (const uuid of uuids) {
      if (known.includes(uuid) || catalogues.find(uuid)) continue
      throw new Problem('invalid', `There is no catalogue ${uuid}.`, { field: 'Catalogues' })
    }
  }

  /** What comes from the model; returns the ids of the files' blobs. */
  function writeModel(id: number, state: FunctionState, inspection: Inspection | undefined): number[] {
    if (inspection) inspections.put(id, inspection)
    else inspections.remove(id)
    attributes.setProperties(id, propertiesOf(inspection))
    return downloads.replace(id, state.Files.map(toFunctionFile))
  }

  return {
    insert({ uuid, organisationId, state, inspection, card, status, by, change }: NewFunction): number {
      refuseUnknownCatalogues(state.Catalogues, [])
      const at = now()
      const columns: FunctionColumns = {
        ...stateColumns(state),
        ...modelColumns(state, inspection),
        ...imageColumns(state, inspection),
        status,
        card: card && JSON.stringify(card),
        linked: 0,
        sync_information: '{}',
      }
      const id = functions.insert(uuid, organisationId, columns, at)
      const blobs = writeModel(id, state, inspection)
      attributes.setFields(id, state.Fields)
      attributes.changeCatalogues(id, [], state.Catalogues)
      revisions.append(id, { number: 1, at, by, change }, blobs)
      return id
    },

    /** Whether it runs on this machine is found out anew. */
    insertForeign(given: ForeignFunction): void {
      const { state } = given
      const link = given.link && { ...given.link, secret: null, etag: null, downloadedAt: null }
      const inspection = given.inspection && { ...given.inspection, Runtime: pendingRuntimeCheck }
      const columns: FunctionColumns = {
        ...stateColumns(state),
        ...modelColumns(state, inspection),
        ...imageColumns(state, inspection),
        status: given.status,
        card: given.card && JSON.stringify(given.card),
        linked: link ? 1 : 0,
        sync_information: JSON.stringify(link ? syncInformation(link) : {}),
      }
      const id = functions.insert(given.uuid, given.organisationId, columns, given.insertedAt)
      writeModel(id, state, inspection)
      if (inspection) inspections.put(id, inspection, 0)
      attributes.setFields(id, state.Fields)
      attributes.changeCatalogues(id, [], state.Catalogues)
      for (const { revision, files } of given.history) {
        revisions.append(id, revision, downloads.keepNamed(files))
      }
      for (const benchmark of given.benchmarks) benchmarks.insert(id, benchmark)
      if (link) links.put(id, link)
      functions.adopt(id, { revision: given.revision, updated_at: given.updatedAt, deleted_at: given.deletedAt })
    },

    /** Leaves the file's own tables alone unless `Files` is among the changes. Returns the function as it is now. */
    update(stored: StoredFunction, { before, after, inspection, card, by, change }: ChangedFunction): StoredFunction {
      const { id } = stored
      const changed = new Set(change.map(({ Field }) => Field))
      refuseUnknownCatalogues(after.Catalogues, before.Catalogues)
      const at = now()
      const number = stored.revision + 1
      const columns: Partial<FunctionColumns> = stateColumns(after)
      if (card) columns.card = JSON.stringify(card)
      let blobs: number[] = []
      if (changed.has('InputDriver') || changed.has('InputDriverDetails') || changed.has('Files')) {
        const known = inspection === undefined ? inspections.find(id) : (inspection ?? undefined)
        Object.assign(columns, imageColumns(after, known))
        if (changed.has('Files')) {
          Object.assign(columns, modelColumns(after, known), { status: known ? 'ok' : 'new' })
          if (inspection !== undefined) blobs = writeModel(id, after, known)
          else blobs = downloads.replace(id, after.Files.map(toFunctionFile))
        }
      }
      functions.update(id, columns, number, at)
      if (changed.has('Fields')) attributes.setFields(id, after.Fields)
      if (changed.has('Catalogues')) attributes.changeCatalogues(id, before.Catalogues, after.Catalogues)
      revisions.append(id, { number, at, by, change }, blobs)
      if (inspection !== undefined) functions.setState(id, runsColumns(pendingRuntimeCheck))
      // Only what the model and the catalogues say of a function has to be read again.
      const isPlain = !changed.has('Files') && !changed.has('Catalogues')
      const item = { ...withState(stored.item, after), UpdatedAt: at }
      return isPlain
        ? { ...stored, item, revision: number, card: card ?? stored.card }
        : (functions.find(stored.item.UUID) ?? stored)
    },

    /** Puts a new report of the same file in the place of an older one; whether the model runs here stays. */
    renewReport(stored: StoredFunction, report: Inspection): void {
      const { id } = stored
      const state = stateOf(stored, downloads.list(id))
      inspections.put(id, report)
      attributes.setProperties(id, propertiesOf(report))
      functions.setState(id, { ...modelColumns(state, report), ...imageColumns(state, report) })
    },

    /** Puts a function into the trash or takes it out again. */
    setDeleted(stored: StoredFunction, deletedAt: string | null, by: string): void {
      const at = now()
      const number = stored.revision + 1
      functions.setDeleted(stored.id, deletedAt, number, at)
      const change = [{ Field: 'Deleted', Before: deletedAt === null, After: deletedAt !== null }]
      revisions.append(stored.id, { number, at, by, change })
    },
  }
}

export type FunctionWriter = ReturnType<typeof createFunctionWriter>

function stateColumns(state: FunctionState) {
  return {
    name: state.Name,
    alias: state.Alias,
    documentation: state.Documentation,
    input_driver: state.InputDriver,
    input_driver_details: JSON.stringify(state.InputDriverDetails),
    output_driver: state.OutputDriver,
    output_driver_details: JSON.stringify(state.OutputDriverDetails),
    source_name: state.SourceName,
    source_url: state.SourceUrl,
    source_kind: state.SourceKind,
    source_revision: state.SourceRevision,
    source_role: state.SourceRole,
    source_task: state.SourceTask,
    source_base_model: state.SourceBaseModel,
    licence: state.Licence,
    tags: JSON.stringify(state.Tags),
    fields: JSON.stringify(state.Fields),
    starred: state.Starred ? 1 : 0,
  } satisfies Partial<FunctionColumns>
}
