import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { FieldChange } from '../../../src-contract/contract/admin/event.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { FunctionUpdate, WholeFunction } from '../../../src-contract/contract/functions/function.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { cardAmong } from '../../../src-contract/util/companion-names.ts'
import { stemOf } from '../../../src-contract/util/file-stem.ts'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
import { visionDriverDetails } from '../../onnx/report/vision.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { AppliedCard, StoredFunction } from '../../store/repositories/function-repository.ts'
import { ownOrganisation } from '../../store/repositories/organisation-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import { applyCard } from '../companions/apply-card.ts'
import type { ChangeLog, Occurrence } from '../kernel/change-log.ts'
import { safeFileName, uniqueName } from './file-name.ts'
import {
  differences,
  emptyState,
  type FileState,
  type FunctionState,
  patched,
  stateOf,
  toFileState,
} from './function-state.ts'
import type { ChangedFunction, FunctionWriter } from './function-writer.ts'
import type { PreparedFile, PreparedModel } from './prepared-files.ts'

/** The files that a change brings: a read model, and files for devices and companions, which come without their model too. */
export type NewFiles = { model?: PreparedModel | undefined; devices: readonly PreparedFile[] }

/** The changes of functions, each one transaction with its event and its revision. Files are on disk before they are called. */
export function createFunctionChanges(changeLog: ChangeLog, repositories: Repositories, writer: FunctionWriter) {
  const { functions, downloads, inspections, organisations, catalogues } = repositories

  /** The patch with the UUIDs of catalogues in the place of their names. @throws Problem `invalid` (field `Catalogues`) */
  function named(patch: FunctionUpdate): FunctionUpdate {
    const found: FunctionUpdate = {}
    for (const key of ['Catalogues', 'AddCatalogues', 'RemoveCatalogues'] as const) {
      const given = patch[key]
      if (given) found[key] = given.map((one) => Uuid.safeParse(one).data ?? uuidOf(one, key))
    }
    return { ...patch, ...found }
  }

  function uuidOf(name: string, field: string): string {
    const uuid = catalogues.findByName(ownOrganisation(organisations).id, name)?.body.UUID
    if (uuid === undefined) throw new Problem('invalid', `There is no catalogue “${name}”.`, { field })
    return uuid
  }

  /** @throws Problem `not-found` for functions in the trash too. */
  function find(uuid: string): StoredFunction {
    const found = functions.find(uuid)
    if (!found || found.deletedAt !== null)
      throw new Problem('not-found', 'There is no function with this UUID.', { uuid })
    return found
  }

  /** @throws Problem `not-found`; `precondition-failed` where the function is at none of the expected revisions. */
  function findAt(uuid: string, expected: readonly number[] | undefined): StoredFunction {
    const found = find(uuid)
    if (expected && !expected.includes(found.revision)) {
      const sentence = `“${found.item.Name}” was changed in the meantime; it is at revision ${found.revision} now. Nothing was changed; read it again first.`
      throw new Problem('precondition-failed', sentence, { field: 'If-Match', uuid })
    }
    return found
  }

  /** Writes the difference between two states; nothing where there is none. Returns the function as it is now. */
  function write(
    caller: Caller,
    stored: StoredFunction,
    { before, after, inspection, card }: Pick<ChangedFunction, 'before' | 'after' | 'inspection' | 'card'>,
    summarise: (change: FieldChange[]) => string,
    record: (occurrence: Occurrence) => void,
  ): StoredFunction {
    const change = differences(before, after)
    if (change.length === 0) return stored
    const written = writer.update(stored, { before, after, inspection, card, by: caller.name, change })
    record({ kind: 'function.updated', uuid: stored.item.UUID, by: caller.name, summary: summarise(change), change })
    return written
  }

  return {
    find,
    findAt,
    write,

    insert(
      caller: Caller,
      input: FunctionUpdate,
      { model, devices }: NewFiles,
      status: 'ok' | 'new' | 'downloading' = model ? 'ok' : 'new',
      uuid: string = randomUUID(),
    ): string {
      const Name = input.Name ?? (model && stemOf(safeFileName(model.title, 'model')))
      if (Name === undefined) throw new Problem('invalid', 'A function needs a name or a file.', { field: 'Name' })
      const driver = input.InputDriver ?? 'vision'
      const given: FunctionState = {
        ...patched(emptyState, {
          ...named(input),
          Name: Name.slice(0, 200),
          InputDriver: driver,
          InputDriverDetails: input.InputDriverDetails ?? detailsFor(driver, model?.inspection),
          OutputDriver: input.OutputDriver ?? 'vision',
        }),
        Files: replacedFiles([], { model, devices }),
      }
      const { state, card } = withCard(given, { model, devices }, null)
      const change = differences(emptyState, state).map(({ Field, After }) => ({ Field, Before: null, After }))
      return changeLog.change((record) => {
        writer.insert({
          uuid,
          organisationId: ownOrganisation(organisations).id,
          state,
          inspection: model?.inspection,
          card,
          status,
          by: caller.name,
          change,
        })
        record({ kind: 'function.created', uuid, by: caller.name, summary: `Added “${state.Name}”`, change })
        return uuid
      })
    },

    /** `given` may be made from the function as it is now. */
    update(
      caller: Caller,
      uuid: string,
      given: FunctionUpdate | ((item: WholeFunction) => FunctionUpdate),
      { model, devices }: NewFiles = { devices: [] },
      expected?: readonly number[],
    ): { stored: StoredFunction; files: FunctionFile[]; changed: boolean } {
      return changeLog.change((record) => {
        const stored = findAt(uuid, expected)
        const patch = named(typeof given === 'function' ? given(stored.item) : given)
        const files = downloads.list(stored.id)
        const before = stateOf(stored, files)
        const { state: after, card } = withCard(patched(before, patch), { model, devices }, stored.card)
        if (patch.InputDriverDetails === undefined && (model || patch.InputDriver !== undefined)) {
          after.InputDriverDetails = renewedDetails(before, after, inspections.find(stored.id), model?.inspection)
        }
        after.Files = replacedFiles(before.Files, { model, devices })
        const sameFiles = isDeepStrictEqual(before.Files, after.Files)
        // The same bytes under the same names are no change; their report stays, with what the runtime found.
        const sameModel = isDeepStrictEqual(withoutCompanions(before), withoutCompanions(after))
        const inspection = sameModel ? undefined : model?.inspection
        const summarise = (change: FieldChange[]) => describeChange(after.Name, change)
        const written = write(caller, stored, { before, after, inspection, card }, summarise, record)
        return { stored: written, files: sameFiles ? files : downloads.list(stored.id), changed: written !== stored }
      })
    },
  }
}

export type FunctionChanges = ReturnType<typeof createFunctionChanges>

/** The state as the card among new files fills it; `last` is what an earlier one filled. */
function withCard(state: FunctionState, { model, devices }: NewFiles, last: AppliedCard | null) {
  const file = cardAmong([...(model?.files ?? []), ...devices].filter(({ role }) => role === 'companion'))
  if (!file?.card) return { state, card: last }
  const { state: filled, applied } = applyCard(state, { name: file.name, card: file.card }, last)
  return { state: filled, card: applied }
}

/** A driver's details where none were given (contract.md 2). */
function detailsFor(driver: string, inspection: Inspection | undefined): FunctionState['InputDriverDetails'] {
  return (driver === 'vision' && inspection && visionDriverDetails(inspection)) || {}
}

/** Details that were filled from the old model follow the new one; those that a person gave stay. */
function renewedDetails(
  before: FunctionState,
  after: FunctionState,
  oldReport: Inspection | undefined,
  newReport: Inspection | undefined,
): FunctionState['InputDriverDetails'] {
  const filled = isDeepStrictEqual(before.InputDriverDetails, detailsFor(before.InputDriver, oldReport))
  return filled ? detailsFor(after.InputDriver, newReport ?? oldReport) : before.InputDriverDetails
}

/**
 * A new model takes the place of the old one and its data, a device file that of those with its MIME type, and a companion that of the same
 * name. Companions come last, in the order of their names.
 */
function replacedFiles(before: readonly FileState[], { model, devices }: NewFiles): FileState[] {
  const brought = [...(model?.files ?? []), ...devices]
  const types = new Set(devices.flatMap(({ role, mimeType }) => (role === 'device' ? [mimeType] : [])))
  const names = new Set(brought.flatMap(({ role, name }) => (role === 'companion' ? [name] : [])))
  const kept = before.filter(({ Role, MimeType, Name }) => {
    if (Role === 'device') return !types.has(MimeType)
    return Role === 'companion' ? !names.has(Name) : !model
  })
  const added = renamed(brought, kept)
  const files = model ? [...added, ...kept] : [...kept, ...added]
  const companions = files.filter(({ Role }) => Role === 'companion').sort((a, b) => (a.Name < b.Name ? -1 : 1))
  return [...files.filter(({ Role }) => Role !== 'companion'), ...companions]
}

const withoutCompanions = ({ Files }: FunctionState) => Files.filter(({ Role }) => Role !== 'companion')

/** Gives each file a name of its own among all files of the function. */
function renamed(files: readonly PreparedFile[], kept: readonly FileState[]): FileState[] {
  const taken = new Set(kept.map(({ Name }) => Name))
  return files.map((file) => {
    const name = uniqueName(file.name, taken)
    taken.add(name)
    return toFileState({ ...file, name })
  })
}

const words: Record<string, string> = {
  InputDriver: 'input driver',
  InputDriverDetails: 'input driver details',
  OutputDriver: 'output driver',
  OutputDriverDetails: 'output driver details',
  SourceName: 'source name',
  SourceUrl: 'source address',
  SourceKind: 'kind of source',
  SourceRevision: 'source revision',
  SourceRole: 'role in the source',
  SourceTask: 'task',
  SourceBaseModel: 'base model',
  Starred: 'star',
}

/** `Changed name and file of “detector”`. */
function describeChange(name: string, change: readonly FieldChange[]): string {
  const fields = change.map(({ Field }) => words[Field] ?? Field.toLowerCase())
  const last = fields.pop()
  return `Changed ${fields.length > 0 ? `${fields.join(', ')} and ${last}` : last} of “${name}”`
}
