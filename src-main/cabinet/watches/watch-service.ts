import { randomUUID } from 'node:crypto'
import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Watch, WatchRequest } from '../../../src-contract/contract/admin/watch.ts'
import { createExclusion } from '../../files/exclusion.ts'
import { isBelow } from '../../files/find-candidates.ts'
import type { Store } from '../../store/open-store.ts'
import type { ReferenceRepository } from '../../store/repositories/reference-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import { createWatchRepository, type StoredWatch } from '../../store/repositories/watch-repository.ts'
import type { FileStatus } from '../functions/file-status.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { now } from '../kernel/change-log.ts'
import type { WatchState } from './folder-watch.ts'
import { createLostFiles } from './lost-files.ts'
import { openWatchedFolder, type WatchedFolder, type WatchTimes } from './watched-folder.ts'

/** Folders whose models are imported as they appear, and watched for what moves or vanishes. */
export type WatchService = {
  /** By path. */
  list(): Watch[]
  /**
   * Begins to watch a folder, and imports what is in it as a job.
   * @throws Problem `invalid` (field `Path`, `Catalogue`) where it is no folder or the cabinet's own; `conflict` where it is watched already.
   */
  add(caller: Caller, request: WatchRequest): Promise<Watch>
  /** Ends watching; what was imported stays. @throws Problem `not-found`. */
  remove(caller: Caller, uuid: string): Promise<void>
}

/** What the cabinet tells its watches. */
export type WatchControl = {
  /** A model's file was found to be other than it was: it is read again where a watch looks after it. */
  changed(modelPath: string): void
  /** The cabinet is again as it was at a moment (ms since 1970): what came to the folders since then is imported anew. */
  restored(at: number): void
}

/** Milliseconds that an import may have been under way when a backup was made, which then lacks its models. */
const UNFINISHED = 60 * 60_000
/** Paths that one import takes. */
const PATHS = 10_000
const usualTimes: WatchTimes = { settled: 2_000, again: 30_000, rescan: 10 * 60_000 }

export type WatchOptions = {
  dataDirectory: string
  store: Store
  changeLog: ChangeLog
  repositories: Pick<Repositories, 'functions' | 'catalogues'>
  references: ReferenceRepository
  status: FileStatus
  jobs: JobRunner
  log: (error: unknown) => void
  times?: WatchTimes
}

type Watching = { stored: StoredWatch; folder: WatchedFolder }

const caller = { name: 'cabinet', scope: 'admin' } as const

/** Opens the watches of a cabinet; after `jobs.open()`. */
export function createWatchService(
  options: WatchOptions,
): WatchService & WatchControl & { open(): void; close(): Promise<void> } {
  const { dataDirectory, store, changeLog, repositories, references, status, jobs, log, times = usualTimes } = options
  const watches = createWatchRepository(store.database)
  const lost = createLostFiles(repositories, references, status)
  const active = new Map<string, Watching>()

  function start(stored: StoredWatch): void {
    const { uuid, path, recursive, exclude } = stored
    const folder = openWatchedFolder({
      path,
      recursive,
      exclusion: createExclusion(exclude),
      except: dataDirectory,
      times,
      lost,
      lookedThroughAt: () => watches.lookedThroughAt(uuid),
      onLookedThrough(at) {
        if (changeLog.writeLock.isFree()) changeLog.change(() => watches.setLookedThroughAt(uuid, at))
      },
      onModels: (paths) => startImport(stored, paths),
      log,
    })
    active.set(uuid, { stored, folder })
  }

  function startImport({ uuid, mode, recursive, catalogueUuid, exclude }: StoredWatch, paths: readonly string[]): void {
    if (!active.has(uuid)) return
    const Catalogue = catalogueUuid !== null && repositories.catalogues.find(catalogueUuid) ? catalogueUuid : undefined
    for (let start = 0; start < paths.length; start += PATHS) {
      jobs.start(caller, 'import', {
        Paths: paths.slice(start, start + PATHS),
        Mode: mode,
        Recursive: recursive,
        Exclude: exclude,
        Watched: true,
        ...(Catalogue !== undefined && { Catalogue }),
      })
    }
  }

  function refuse(field: string, sentence: string): Problem {
    return new Problem('invalid', sentence, { field })
  }

  return {
    list: () =>
      [...active.values()]
        .map(({ stored, folder }) => toWatch(stored, folder.state()))
        .sort((a, b) => (a.Path < b.Path ? -1 : 1)),
    async add({ name }, { Path, Mode, Catalogue = null, Recursive, Exclude }) {
      if (!isAbsolute(Path)) throw refuse('Path', 'The path of the folder must be absolute.')
      const path = resolve(Path)
      const status = await stat(path).catch(() => undefined)
      if (!status)
        throw refuse('Path', `No folder was found at ${path}. Check the spelling, or create the folder first.`)
      if (!status.isDirectory())
        throw refuse('Path', `${path} is a file, not a folder. Choose the folder that contains it.`)
      if (isBelow(await realpath(path), await realpath(dataDirectory))) {
        throw refuse('Path', 'The data folder itself cannot be watched.')
      }
      if (Catalogue !== null && !repositories.catalogues.find(Catalogue)) {
        throw refuse('Catalogue', `There is no catalogue ${Catalogue}.`)
      }
      if (watches.list().some((watch) => watch.path === path)) {
        throw new Problem('conflict', `${path} is already being watched.`, { field: 'Path' })
      }
      const stored: StoredWatch = {
        uuid: randomUUID(),
        path,
        mode: Mode,
        recursive: Recursive,
        catalogueUuid: Catalogue,
        exclude: Exclude,
        insertedAt: now(),
      }
      changeLog.change((record) => {
        watches.insert(stored)
        const summary = `Started watching ${path}`
        const change = [{ Field: 'Watch', Before: null, After: path }]
        record({ kind: 'cabinet.changed', uuid: stored.uuid, by: name, summary, change })
      })
      start(stored)
      return toWatch(stored, { State: 'starting', Message: '' })
    },
    async remove({ name }, uuid) {
      const watching = active.get(uuid)
      if (!watching) throw new Problem('not-found', 'There is no such watch.', { uuid })
      changeLog.change((record) => {
        watches.remove(uuid)
        const summary = `Stopped watching ${watching.stored.path}`
        const change = [{ Field: 'Watch', Before: watching.stored.path, After: null }]
        record({ kind: 'cabinet.changed', uuid, by: name, summary, change })
      })
      active.delete(uuid)
      await watching.folder.close()
    },
    changed(path) {
      const watching = [...active.values()].find(({ stored }) => isBelow(path, stored.path))
      if (watching) startImport(watching.stored, [path])
    },
    restored(at) {
      for (const { stored, folder } of active.values()) {
        const looked = watches.lookedThroughAt(stored.uuid)
        const since = looked === null ? null : Math.min(looked, at - UNFINISHED)
        if (since !== null) changeLog.change(() => watches.setLookedThroughAt(stored.uuid, since))
        folder.lookAgain()
      }
    },
    open() {
      for (const stored of watches.list()) start(stored)
    },
    async close() {
      const ending = [...active.values()]
      active.clear()
      await Promise.all(ending.map(({ folder }) => folder.close()))
    },
  }
}

function toWatch(stored: StoredWatch, state: WatchState): Watch {
  return {
    UUID: stored.uuid,
    Path: stored.path,
    Mode: stored.mode,
    Catalogue: stored.catalogueUuid,
    Recursive: stored.recursive,
    Exclude: stored.exclude,
    ...state,
    InsertedAt: stored.insertedAt,
  }
}
