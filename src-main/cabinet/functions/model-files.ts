import { dirname, join } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { type FileLook, hashSteadily, lookAt } from '../../files/file-look.ts'
import type { FileStore } from '../../files/file-store.ts'
import { placeOf } from '../../store/content-digest.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { StoredFunction } from '../../store/repositories/function-repository.ts'
import type { ReferenceRepository } from '../../store/repositories/reference-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { Context } from '../kernel/context.ts'
import type { FileStatus } from './file-status.ts'

/**
 * Where a function's model is on this machine. `external` are its external-data files by their location; `inPlace` says that these are all
 * that it names, and each is where it names it. `contentSha256` is of all of them; `externalMessage` is the report's about one of them
 * that is not there.
 */
export type LocatedModel = {
  path: string
  sha256: string
  contentSha256: string | null
  external: { location: string; path: string; size: number }[]
  inPlace: boolean
  externalMessage: string | undefined
}

/** A file to stream; `sha256` is its ETag. `isUnchanged` tells afterwards whether what was read is what the digest says. */
export type DownloadFile = {
  path: string
  size: number
  sha256: string
  mimeType: string
  name: string
  isUnchanged(): Promise<boolean>
}

/** A file of a model with where its bytes are. */
export type LentFile = FunctionFile & { path: string }

/** All files of a model, to be put together elsewhere; `isUnchanged` as of a download. */
export type LentFiles = { files: LentFile[]; isUnchanged(): Promise<boolean> }

/**
 * The one way from a function to the bytes of its files. A file that stays where it is may be overwritten at any moment: every use begins
 * and ends with a look at each file, and where one looks other than when it was hashed, its digest decides.
 */
export type ModelFiles = {
  /**
   * Lends a model's files to some work, whose outcome is given only if all of them were the whole time what the cabinet says of them.
   * @throws Problem `not-found`, also where the function has no model file; `unavailable` where a file is lost or was changed, which
   * flags the function; what the work throws; the signal's reason.
   */
  use<Result>(uuid: string, work: (model: LocatedModel) => Promise<Result>, context?: Context): Promise<Result>
  /** Lends one file for download. @throws Problem as `use`. */
  download(uuid: string, name: string, context?: Context): Promise<DownloadFile>
  /** Lends a model with its data files and companions. @throws Problem as `use`; `unavailable` too where a data file is missing. */
  lend(uuid: string, context?: Context): Promise<LentFiles>
  /** Where the files should be, without a look at them. @throws Problem `not-found`. */
  locate(uuid: string): LocatedModel
}

type Parts = {
  repositories: Pick<Repositories, 'functions' | 'downloads' | 'inspections'>
  references: ReferenceRepository
  files: FileStore
  status: FileStatus
  find(uuid: string): StoredFunction
  /** Told where the model lies of which a file is not as it was. */
  onChanged(modelPath: string): void
}

type Look = { path: string; stamp: string }

export function createModelFiles({ repositories, references, files, status, find, onChanged }: Parts): ModelFiles {
  const { downloads, inspections } = repositories

  const pathOf = ({ sha256, place }: FunctionFile) => (place.kind === 'referenced' ? place.path : files.pathOf(sha256))

  function filesOf(uuid: string): { stored: StoredFunction; model: FunctionFile; external: FunctionFile[] } {
    const stored = find(uuid)
    const all = downloads.list(stored.id)
    const model = all.find(({ role }) => role === 'model')
    if (!model) throw new Problem('not-found', 'This function has no model file yet.', { uuid })
    return { stored, model, external: all.filter(({ role }) => role === 'external') }
  }

  function locate(uuid: string): LocatedModel {
    const { stored, model, external } = filesOf(uuid)
    const path = pathOf(model)
    const located = external.flatMap((file) =>
      file.location === null ? [] : [{ location: file.location, path: pathOf(file), size: file.size }],
    )
    const named = inspections.externalFiles(stored.id) ?? []
    const isInPlace = ({ location }: { location: string }) =>
      located.some((one) => placeOf(one.location) === placeOf(location) && one.path === join(dirname(path), location))
    const { sha256 } = model
    const inPlace = named.every(isInPlace)
    const externalMessage = named.find(({ present }) => !present)?.message
    return { path, sha256, contentSha256: stored.contentSha256, external: located, inPlace, externalMessage }
  }

  /** How a file looks now that is still what it was; flags the function where it is not. */
  async function verify(uuid: string, file: FunctionFile, signal: AbortSignal | undefined): Promise<Look[]> {
    const path = pathOf(file)
    const look = await lookAt(path)
    if (file.place.kind === 'stored') {
      if (look?.size === file.size) return []
      const sentence = look ? `The file “${file.name}” is damaged.` : `The file “${file.name}” is lost.`
      throw new Problem('unavailable', sentence, { uuid })
    }
    if (!look) {
      status.flag(uuid, path, 'lost')
      throw new Problem('unavailable', `The file “${file.name}” is lost. It was at ${path}.`, { uuid })
    }
    if (look.stamp === file.place.stamp) return [{ path, stamp: look.stamp }]
    const read = await digest(uuid, file.name, path, signal)
    if (read.sha256 !== file.sha256) {
      status.flag(uuid, path, 'changed')
      onChanged(locate(uuid).path)
      throw new Problem('unavailable', `The file “${file.name}” has changed since it was added (${path}).`, { uuid })
    }
    references.touch(path, file.sha256, read)
    return [{ path, stamp: read.stamp }]
  }

  async function digest(
    uuid: string,
    name: string,
    path: string,
    signal: AbortSignal | undefined,
  ): Promise<FileLook & { sha256: string }> {
    try {
      return await hashSteadily(path, signal ? { signal } : {})
    } catch (error) {
      signal?.throwIfAborted()
      throw new Problem('unavailable', `The file “${name}” cannot be read: ${path}.`, { uuid, cause: error })
    }
  }

  async function verifyAll(uuid: string, all: readonly FunctionFile[], signal?: AbortSignal): Promise<Look[]> {
    const looks: Look[] = []
    for (const file of all) looks.push(...(await verify(uuid, file, signal)))
    if (looks.length > 0) status.clear(uuid)
    return looks
  }

  return {
    locate,
    async use(uuid, work, { signal } = {}) {
      const { model, external } = filesOf(uuid)
      const all = [model, ...external]
      const looks = await verifyAll(uuid, all, signal)
      const located = locate(uuid)
      const [outcome] = await Promise.allSettled([work(located)])
      signal?.throwIfAborted()
      if (!(await looksTheSame(looks))) {
        await verifyAll(uuid, all, signal)
        // Laying a model out makes hard links, which the system notes as changes of the file.
        if (located.inPlace) {
          throw new Problem('unavailable', `The file “${model.name}” was changed while it was in use. Try again.`, {
            uuid,
          })
        }
      }
      if (outcome.status === 'rejected') throw outcome.reason
      return outcome.value
    },
    async lend(uuid, { signal } = {}) {
      const { stored, model, external } = filesOf(uuid)
      const isHere = new Set(external.flatMap(({ location }) => (location === null ? [] : [placeOf(location)])))
      const named = inspections.externalFiles(stored.id) ?? []
      const missing = named.find(({ location }) => !isHere.has(placeOf(location)))
      if (missing) {
        const sentence = `“${stored.item.Name}” is not complete: its data file ${missing.location} is missing.`
        throw new Problem('unavailable', sentence, { uuid })
      }
      const companions = downloads.list(stored.id).filter(({ role }) => role === 'companion')
      const all = [model, ...external, ...companions]
      const looks = await verifyAll(uuid, all, signal)
      const files = all.map((file) => ({ ...file, path: pathOf(file) }))
      return { files, isUnchanged: () => looksTheSame(looks) }
    },

    async download(uuid, name, { signal } = {}) {
      const file = downloads.find(find(uuid).id, name)
      if (!file) throw new Problem('not-found', `This function has no file “${name}”.`, { uuid })
      const looks = await verify(uuid, file, signal)
      const { size, sha256, mimeType } = file
      return { path: pathOf(file), size, sha256, mimeType, name: file.name, isUnchanged: () => looksTheSame(looks) }
    },
  }
}

async function looksTheSame(looks: readonly Look[]): Promise<boolean> {
  for (const { path, stamp } of looks) if ((await lookAt(path))?.stamp !== stamp) return false
  return true
}
