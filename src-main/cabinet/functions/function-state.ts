import { isDeepStrictEqual } from 'node:util'
import type { FieldChange } from '../../../src-contract/contract/admin/event.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import {
  type Fields,
  type FieldsUpdate,
  type FunctionUpdate,
  MOST_FIELDS,
  type WholeFunction,
} from '../../../src-contract/contract/functions/function.ts'
import type { SourceKind } from '../../../src-contract/contract/functions/source.ts'
import type { Json } from '../../store/json.ts'
import type { FileRole, FunctionFile } from '../../store/repositories/download-repository.ts'
import type { StoredFunction } from '../../store/repositories/function-repository.ts'

/** A file as history keeps it. `Path` and `ModifiedAt` (ms) are those of a file that stays where it is. */
export type FileState = {
  Role: FileRole
  Name: string
  MimeType: string
  Size: number
  Sha256: string
  Location: string | null
  Path: string | null
  ModifiedAt: number | null
}

/** Everything of a function that a person or client sets: what history compares and restores. */
export type FunctionState = {
  Name: string
  Alias: string
  Documentation: string
  InputDriver: string
  InputDriverDetails: Record<string, Json>
  OutputDriver: string
  OutputDriverDetails: Record<string, Json>
  SourceName: string | null
  SourceUrl: string | null
  SourceKind: SourceKind | null
  SourceRevision: string | null
  SourceRole: string | null
  SourceTask: string | null
  SourceBaseModel: string | null
  Licence: string | null
  Tags: string[]
  Catalogues: string[]
  Fields: Fields
  Starred: boolean
  Files: FileState[]
}

export const emptyState: FunctionState = {
  Name: '',
  Alias: '',
  Documentation: '',
  InputDriver: '',
  InputDriverDetails: {},
  OutputDriver: '',
  OutputDriverDetails: {},
  SourceName: null,
  SourceUrl: null,
  SourceKind: null,
  SourceRevision: null,
  SourceRole: null,
  SourceTask: null,
  SourceBaseModel: null,
  Licence: null,
  Tags: [],
  Catalogues: [],
  Fields: {},
  Starred: false,
  Files: [],
}

export function stateOf({ item }: StoredFunction, files: readonly FunctionFile[]): FunctionState {
  return {
    Name: item.Name,
    Alias: item.Alias,
    Documentation: item.Documentation,
    InputDriver: item.InputDriver,
    InputDriverDetails: item.InputDriverDetails,
    OutputDriver: item.OutputDriver,
    OutputDriverDetails: item.OutputDriverDetails,
    SourceName: item.Source.Name,
    SourceUrl: item.Source.Url,
    SourceKind: item.Source.Kind,
    SourceRevision: item.Source.Revision,
    SourceRole: item.Source.Role,
    SourceTask: item.Source.Task,
    SourceBaseModel: item.Source.BaseModel,
    Licence: item.Licence,
    Tags: item.Tags,
    Catalogues: item.Catalogues.map(({ UUID }) => UUID),
    Fields: item.Fields,
    Starred: item.Starred,
    Files: files.map(toFileState),
  }
}

/** A function's item with the state in it, but for what the model and the catalogues' names say. */
export function withState(item: WholeFunction, state: FunctionState): WholeFunction {
  return {
    ...item,
    Name: state.Name,
    Alias: state.Alias,
    Documentation: state.Documentation,
    InputDriver: state.InputDriver,
    InputDriverDetails: state.InputDriverDetails,
    OutputDriver: state.OutputDriver,
    OutputDriverDetails: state.OutputDriverDetails,
    Source: {
      Name: state.SourceName,
      Url: state.SourceUrl,
      Kind: state.SourceKind,
      Revision: state.SourceRevision,
      Role: state.SourceRole,
      Task: state.SourceTask,
      BaseModel: state.SourceBaseModel,
    },
    Licence: state.Licence,
    Tags: state.Tags,
    Fields: state.Fields,
    Starred: state.Starred,
  }
}

/** The state with the keys of a patch in it. `null` means empty, as in the document. @throws Problem `invalid` for too many fields */
export function patched(state: FunctionState, patch: FunctionUpdate): FunctionState {
  return {
    ...state,
    Name: patch.Name ?? state.Name,
    Alias: patch.Alias === null ? '' : (patch.Alias ?? state.Alias),
    Documentation: patch.Documentation === null ? '' : (patch.Documentation ?? state.Documentation),
    InputDriver: patch.InputDriver ?? state.InputDriver,
    InputDriverDetails: patch.InputDriverDetails ?? state.InputDriverDetails,
    OutputDriver: patch.OutputDriver ?? state.OutputDriver,
    OutputDriverDetails: patch.OutputDriverDetails ?? state.OutputDriverDetails,
    SourceName: orNull(patch.SourceName, state.SourceName),
    SourceUrl: orNull(patch.SourceUrl, state.SourceUrl),
    SourceKind: patch.SourceKind === undefined ? state.SourceKind : patch.SourceKind,
    SourceRevision: orNull(patch.SourceRevision, state.SourceRevision),
    SourceRole: orNull(patch.SourceRole, state.SourceRole),
    SourceTask: orNull(patch.SourceTask, state.SourceTask),
    SourceBaseModel: orNull(patch.SourceBaseModel, state.SourceBaseModel),
    Licence: orNull(patch.Licence, state.Licence),
    Tags: patch.Tags ?? state.Tags,
    Catalogues: [...new Set([...(patch.Catalogues ?? state.Catalogues), ...(patch.AddCatalogues ?? [])])].filter(
      (uuid) => !patch.RemoveCatalogues?.includes(uuid),
    ),
    Fields:
      patch.Fields || patch.SetFields
        ? mergedFields(state.Fields, { ...patch.Fields, ...patch.SetFields })
        : state.Fields,
    Starred: patch.Starred ?? state.Starred,
  }
}

/** What a patch makes of a text that may be missing: empty is the same as missing. */
function orNull(given: string | null | undefined, present: string | null): string | null {
  return given === undefined ? present : given || null
}

function mergedFields(present: Fields, change: FieldsUpdate): Fields {
  const kept = Object.entries({ ...present, ...change }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  )
  if (kept.length > MOST_FIELDS) {
    throw new Problem('invalid', `A function can have at most ${MOST_FIELDS} custom fields.`, { field: 'Fields' })
  }
  return Object.fromEntries(kept)
}

/** What differs, in the order of the document. The order of catalogues and of a map's keys does not count. */
export function differences(before: FunctionState, after: FunctionState): FieldChange[] {
  const same = {
    Name: before.Name === after.Name,
    Alias: before.Alias === after.Alias,
    Documentation: before.Documentation === after.Documentation,
    InputDriver: before.InputDriver === after.InputDriver,
    InputDriverDetails: isDeepStrictEqual(before.InputDriverDetails, after.InputDriverDetails),
    OutputDriver: before.OutputDriver === after.OutputDriver,
    OutputDriverDetails: isDeepStrictEqual(before.OutputDriverDetails, after.OutputDriverDetails),
    SourceName: before.SourceName === after.SourceName,
    SourceUrl: before.SourceUrl === after.SourceUrl,
    SourceKind: before.SourceKind === after.SourceKind,
    SourceRevision: before.SourceRevision === after.SourceRevision,
    SourceRole: before.SourceRole === after.SourceRole,
    SourceTask: before.SourceTask === after.SourceTask,
    SourceBaseModel: before.SourceBaseModel === after.SourceBaseModel,
    Licence: before.Licence === after.Licence,
    Tags: isDeepStrictEqual(before.Tags, after.Tags),
    Catalogues: isDeepStrictEqual([...before.Catalogues].sort(), [...after.Catalogues].sort()),
    Fields: isDeepStrictEqual(before.Fields, after.Fields),
    Starred: before.Starred === after.Starred,
    Files: isDeepStrictEqual(before.Files, after.Files),
  } satisfies Record<keyof FunctionState, boolean>
  const changes: FieldChange[] = []
  const add = <Field extends keyof FunctionState>(field: Field) => {
    if (!same[field]) changes.push({ Field: field, Before: before[field], After: after[field] })
  }
  for (const field of fieldsOf(same)) add(field)
  return changes
}

function fieldsOf<Key extends string>(record: Record<Key, unknown>): Key[] {
  const isKey = (key: string): key is Key => Object.hasOwn(record, key)
  return Object.keys(record).filter(isKey)
}

/** Takes changes back, the latest first: how the state of an earlier revision is found. */
export function rewound(state: FunctionState, changes: readonly FieldChange[]): FunctionState {
  const earlier: Record<string, unknown> = { ...state }
  for (const { Field, Before } of [...changes].reverse()) {
    if (Object.hasOwn(emptyState, Field)) earlier[Field] = Before
  }
  return { ...state, ...earlier }
}

export function toFileState({ role, name, mimeType, size, sha256, location, place }: FunctionFile): FileState {
  return {
    Role: role,
    Name: name,
    MimeType: mimeType,
    Size: size,
    Sha256: sha256,
    Location: location,
    Path: place.kind === 'referenced' ? place.path : null,
    ModifiedAt: place.kind === 'referenced' ? place.modifiedAt : null,
  }
}

export function toFunctionFile(file: FileState): FunctionFile {
  return {
    role: file.Role,
    name: file.Name,
    mimeType: file.MimeType,
    size: file.Size,
    sha256: file.Sha256,
    location: file.Location,
    place:
      file.Path === null
        ? { kind: 'stored' }
        : { kind: 'referenced', path: file.Path, modifiedAt: file.ModifiedAt ?? 0, stamp: null },
  }
}
