import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { FunctionUpdate, WholeFunction } from '../../../src-contract/contract/functions/function.ts'
import { errorCode } from '../../files/disk-problem.ts'
import { contentOf } from '../../store/content-digest.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { ReferenceRepository } from '../../store/repositories/reference-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { FileStatus } from '../functions/file-status.ts'
import type { FunctionChanges } from '../functions/function-changes.ts'
import type { PreparedFile, PreparedModel } from '../functions/prepared-files.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import type { SourceFacts } from '../sources/recognisers.ts'
import type { PreparedPath } from './prepare-path.ts'

/**
 * What became of a file: a new function, one that was here already or is in the trash, one whose file it replaces, or a part of one's
 * model.
 */
export type PathResult = {
  outcome: 'imported' | 'present' | 'changed' | 'trashed' | 'part'
  path: string
  uuid: string
}

export type CommitParts = {
  changeLog: ChangeLog
  repositories: Repositories
  references: ReferenceRepository
  status: FileStatus
  changes: FunctionChanges
}

type Options = {
  /** The catalogues in which the model at a path is filed. */
  catalogues: (path: string) => string[]
  /** Whether a watched folder says so: what was copied from there follows the folder, and what is in the trash stays there. */
  watched: boolean
  /** Whether other bytes at a path become a function of their own. */
  keep: boolean
  /** The function whose files these are, found again. */
  locate: string | undefined
}
type Found = Exclude<PreparedPath, { outcome: 'refused' }> & { path: string; names: string[]; source?: SourceFacts }
type Read = Extract<Found, { outcome: 'read' }>

/**
 * Adds what was prepared, or files what is already here, in the caller's transaction. Bytes come first, paths second: a function keeps its
 * notes with its bytes where files were renamed, rotated or swapped. `names`: see `nameFiles`.
 */
export function commitPaths(
  prepared: readonly Found[],
  { catalogues, watched, keep, locate }: Options,
  { repositories, references, status, changes }: CommitParts,
  caller: Caller,
): PathResult[] {
  const { functions, downloads, inspections } = repositories

  /** The shortest of the names that no function has; where all are taken, the first with a number. */
  function freeName(names: readonly string[]): string {
    const free = names.find((name) => !functions.isNamed(name))
    if (free !== undefined) return free
    const [first = 'model'] = names
    for (let number = 2; ; number++) if (!functions.isNamed(`${first} (${number})`)) return `${first} (${number})`
  }

  function fileUnder(uuid: string, wanted: string[]): void {
    if (wanted.length === 0) return
    changes.update(caller, uuid, (item) => ({ Catalogues: [...item.Catalogues.map(({ UUID }) => UUID), ...wanted] }))
  }

  /** Where a model comes from is noted once, and its revision as often as it changes; what a person wrote stays. */
  function sourceChange({ Source, Licence }: WholeFunction, found: SourceFacts = {}): FunctionUpdate {
    if (found.SourceKind === Source.Kind && found.SourceName === Source.Name)
      return { SourceRevision: found.SourceRevision }
    const isUnknown = Source.Kind === null ? Source.Name === null && Source.Url === null : Source.Kind === 'folder'
    if (!isUnknown || found.SourceKind === 'folder') return {}
    return {
      ...found,
      SourceTask: Source.Task ?? found.SourceTask,
      SourceBaseModel: Source.BaseModel ?? found.SourceBaseModel,
      Licence: Licence ?? found.Licence,
    }
  }

  function renew(uuid: string, model: PreparedModel, source?: SourceFacts): PathResult['outcome'] {
    const { changed } = changes.update(caller, uuid, (item) => sourceChange(item, source), { model, devices: [] })
    status.clear(uuid)
    return changed ? 'changed' : 'present'
  }

  function filesOf(uuid: string): FunctionFile[] {
    const stored = functions.find(uuid)
    return stored ? downloads.list(stored.id) : []
  }

  /** Whether a function has these files, each where it should be. */
  function hasAll(uuid: string, { files }: PreparedModel): boolean {
    const own = filesOf(uuid).filter((file) => !isGone(file))
    return files.every(
      ({ role, location, sha256 }) =>
        role === 'companion' ||
        own.some((file) => file.role === role && file.location === location && file.sha256 === sha256),
    )
  }

  /** A function's companions follow those at the first of its model's places; from another place it takes some where it has none. */
  function renewCompanions(uuid: string, path: string, companions: readonly PreparedFile[]): PathResult['outcome'] {
    const [first = path] = references.pathsOf(changes.find(uuid).id)
    const isBare = !filesOf(uuid).some(({ role }) => role === 'companion')
    if (companions.length === 0 || (first !== path && !isBare)) return 'present'
    return changes.update(caller, uuid, {}, { devices: companions }).changed ? 'changed' : 'present'
  }

  /** One that has exactly these files; where its own are no longer at their place, these take it. */
  function sameContent({ path, model, source }: Read): Omit<PathResult, 'path'> | undefined {
    if (locate !== undefined) return { outcome: renew(locate, model, source), uuid: locate }
    const named = model.inspection.External.map(({ Location }) => Location)
    const { sha256, complete } = contentOf(model.files, named)
    if (sha256 === null || !complete) return undefined
    const found = functions.withContent(sha256)
    const live = found.find(({ trashed }) => trashed === 0)
    if (live) {
      const { uuid } = live
      const companions = model.files.filter(({ role }) => role === 'companion')
      const isLost = filesOf(uuid).some(isGone)
      return { outcome: isLost ? renew(uuid, model, source) : renewCompanions(uuid, path, companions), uuid }
    }
    const [trashed] = found
    return watched && trashed ? { outcome: 'trashed', uuid: trashed.uuid } : undefined
  }

  /** The function whose file this path is, now that its bytes are others, or more of its files are here. */
  function successor({ path, model }: Read): string | undefined {
    const sha256 = model.files.find(({ role }) => role === 'model')?.sha256
    const isKnown = (uuid: string) => functions.find(uuid)?.fileSha256 === sha256
    const isCompleted = (uuid: string) => isKnown(uuid) && functions.find(uuid)?.item.ContentSha256 === null
    const [referenced] = references.modelsAt(path).filter((uuid) => !isElsewhere(uuid, path))
    if (referenced !== undefined) return referenced
    const copies = references.foundAt(path)
    return copies.find(isCompleted) ?? (watched ? copies.find((uuid) => isOnlyAt(uuid, path)) : undefined)
  }

  /** Whether a path is the only one of those where a function was found at which there still is a file. */
  function isOnlyAt(uuid: string, path: string): boolean {
    const stored = functions.find(uuid)
    return stored !== undefined && references.pathsOf(stored.id).every((one) => one === path || !isThere(one))
  }

  /** Whether the file that a function had at a path was renamed within its folder: its inode tells. */
  function isElsewhere(uuid: string, path: string): boolean {
    const place = filesOf(uuid).find(({ role }) => role === 'model')?.place
    const inode = place?.kind === 'referenced' ? place.stamp?.split(' ').at(-1) : undefined
    if (inode === undefined || inodeOf(path) === inode) return false
    const folder = dirname(path)
    return readdirSync(folder).some((name) => /\.onnx$/i.test(name) && inodeOf(join(folder, name)) === inode)
  }

  function take(one: Read): Omit<PathResult, 'path'> {
    const same = sameContent(one)
    if (same) return same
    const uuid = keep ? undefined : successor(one)
    if (uuid !== undefined)
      return { outcome: hasAll(uuid, one.model) ? 'present' : renew(uuid, one.model, one.source), uuid }
    const input = {
      ...one.source,
      Name: freeName(one.names),
      Catalogues: catalogues(one.path),
    }
    return { outcome: 'imported', uuid: changes.insert(caller, input, { model: one.model, devices: [] }) }
  }

  /** The files were just read: how they look is noted. */
  function noteLooks({ model }: Read): void {
    for (const { sha256, place } of model.files) {
      if (place.kind !== 'referenced' || place.stamp === null) continue
      references.touch(place.path, sha256, { modifiedAt: place.modifiedAt, stamp: place.stamp })
    }
  }

  /** A function that was flagged for the file at this path is well again, since that was just read. */
  function clearAt(uuid: string, path: string): void {
    if (filesOf(uuid).some(({ place }) => place.kind === 'referenced' && place.path === path)) status.clear(uuid)
  }

  /** Locations of external files as the model at a path names them. */
  function namedBy(one: Found): string[] {
    if (one.outcome === 'read') return one.model.inspection.External.map(({ Location }) => Location)
    return (inspections.externalFiles(changes.find(one.uuid).id) ?? []).map(({ location }) => location)
  }

  /** A model that was found again is no longer counted where it was removed. */
  function forgetGone(uuid: string): void {
    const { id } = changes.find(uuid)
    const paths = references.pathsOf(id)
    if (paths.length > 1) for (const path of paths) if (!isThere(path)) references.forget(path, id)
  }

  function commit(one: Found, taken: Omit<PathResult, 'path'>): PathResult {
    const { outcome, uuid } = taken
    if (outcome !== 'trashed' && outcome !== 'part') {
      if (outcome !== 'imported') fileUnder(uuid, catalogues(one.path))
      const besides = namedBy(one).map((location) => join(dirname(one.path), location))
      references.setFound(one.path, uuid, besides)
      if (one.outcome === 'read') noteLooks(one)
      // What was just added has no other path and no trouble.
      if (outcome !== 'imported') {
        forgetGone(uuid)
        if (one.outcome === 'read') {
          if (outcome === 'present') changes.update(caller, uuid, (item) => sourceChange(item, one.source))
          clearAt(uuid, one.path)
        }
      }
    }
    return { ...taken, path: one.path }
  }

  function known(one: Found): Omit<PathResult, 'path'> | undefined {
    if (one.outcome === 'read') return sameContent(one)
    const { outcome, uuid } = one
    if (outcome === 'part' || !one.companions) return { outcome, uuid }
    return { outcome: renewCompanions(uuid, one.path, one.companions), uuid }
  }

  const results = new Map<Found, PathResult>()
  for (const one of prepared) {
    const taken = known(one)
    if (taken) results.set(one, commit(one, taken))
  }
  return prepared.flatMap((one) => {
    const result = results.get(one)
    if (result) return result
    return one.outcome === 'read' ? commit(one, take(one)) : []
  })
}

/** Whether there is a file at a path, or an archive of which the path leads into. */
function isThere(path: string): boolean {
  try {
    statSync(path)
    return true
  } catch (error) {
    return errorCode(error) === 'ENOTDIR'
  }
}

function inodeOf(path: string): string | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino.toString()
}

/** Whether a file that stays where it is is no longer there, or is another file by its size or time. */
function isGone({ size, place }: FunctionFile): boolean {
  if (place.kind === 'stored') return false
  const status = statSync(place.path, { throwIfNoEntry: false })
  return status?.size !== size || Math.abs(status.mtimeMs - place.modifiedAt) > 1
}
