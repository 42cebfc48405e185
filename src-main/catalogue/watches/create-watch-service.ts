import { randomUUID } from 'node:crypto'
import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve, sep } from 'node:path'
import { Problem } from '../../../src-contract/problem.ts'
import type { Watch } from '../../../src-contract/watch.ts'
import type { Store } from '../../store/open-store.ts'
import type { ReferenceRepository } from '../../store/reference-repository.ts'
import type { Repositories } from '../../store/repositories.ts'
import { createWatchRepository, type StoredWatch } from '../../store/watch-repository.ts'
import { findCandidates, isBelow } from '../import/find-candidates.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { Ledger } from '../ledger.ts'
import { now } from '../now.ts'
import { type WatchState, watchFolder } from './folder-watch.ts'
import { createLostFiles } from './lost-files.ts'
import type { WatchService } from './watch-service.ts'

/** Paths that one import takes. */
const PATHS = 10_000
/** Clocks of file servers differ, and file times are coarse on some systems. Milliseconds. */
const SLACK = 10_000
const models = /\.(onnx|zip)$/i
/** Files in which models keep their weights. */
const weights = /\.(data|bin|weights|onnx_data|onnx_data_\d+|pb)$/i

export type WatchTimes = { settled: number; again: number }
const usualTimes: WatchTimes = { settled: 2_000, again: 30_000 }

export type WatchOptions = {
  dataDirectory: string
  store: Store
  ledger: Ledger
  repositories: Pick<Repositories, 'functions' | 'catalogues'>
  references: ReferenceRepository
  jobs: JobRunner
  log: (error: unknown) => void
  times?: WatchTimes
}

type Watching = { stored: StoredWatch; state: WatchState; abort: AbortController; watcher: { close(): Promise<void> } }

const caller = { name: 'cabinet', scope: 'admin' } as const

/** Opens the watches of a cabinet; after `jobs.open()`. */
export function createWatchService(options: WatchOptions): WatchService & { open(): void; close(): Promise<void> } {
  const { dataDirectory, store, ledger, repositories, references, jobs, log, times = usualTimes } = options
  const watches = createWatchRepository(store.database)
  const lost = createLostFiles(ledger, repositories, references)
  const active = new Map<string, Watching>()

  function start(stored: StoredWatch): void {
    const abort = new AbortController()
    const watching: Watching = {
      stored,
      state: { State: 'starting', Message: '' },
      abort,
      watcher: watchFolder({
        path: stored.path,
        recursive: stored.recursive,
        except: dataDirectory,
        ...times,
        onBegun: () => lookThrough(stored, abort.signal),
        onFiles: (paths) => guarded(() => filesCame(stored, paths)),
        onGone: (path) => void guarded(async () => lost.vanished(path)),
        onState(state) {
          watching.state = state
          if (state.State === 'missing') void guarded(() => flagLost(stored, abort.signal))
        },
      }),
    }
    active.set(stored.uuid, watching)
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      log(error)
    }
  }

  /** Imports what came while nobody watched, and flags what went. */
  async function lookThrough(stored: StoredWatch, signal: AbortSignal): Promise<void> {
    const began = Date.now()
    const since = watches.lookedThroughAt(stored.uuid)
    try {
      const changed = await lost.check(withSeparator(stored.path), signal)
      if (since === null) startImport(stored, [stored.path])
      else {
        const { recursive, path } = stored
        const { candidates } = await findCandidates([path], { recursive, signal, except: dataDirectory })
        const fresh = await newerThan(candidates, since - SLACK, signal)
        startImport(stored, [...new Set([...fresh, ...changed.filter((one) => models.test(one))])])
      }
      ledger.change(() => watches.setLookedThroughAt(stored.uuid, began))
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  async function flagLost({ path }: StoredWatch, signal: AbortSignal): Promise<void> {
    try {
      await lost.check(withSeparator(path), signal)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  async function filesCame(stored: StoredWatch, paths: readonly string[]): Promise<void> {
    const found = new Set(paths.filter((path) => models.test(path)))
    // Weights that came after their model make it whole.
    for (const folder of foldersAbove(
      paths.filter((path) => weights.test(path)),
      stored.path,
    )) {
      for (const name of await readdir(folder)) if (/\.onnx$/i.test(name)) found.add(join(folder, name))
    }
    startImport(stored, [...found])
  }

  function startImport({ uuid, mode, recursive, catalogueUuid }: StoredWatch, paths: readonly string[]): void {
    if (!active.has(uuid)) return
    const Catalogue = catalogueUuid !== null && repositories.catalogues.find(catalogueUuid) ? catalogueUuid : undefined
    for (let start = 0; start < paths.length; start += PATHS) {
      jobs.start(caller, 'import', {
        Paths: paths.slice(start, start + PATHS),
        Mode: mode,
        Recursive: recursive,
        ...(Catalogue !== undefined && { Catalogue }),
      })
    }
  }

  function refuse(field: string, sentence: string): Problem {
    return new Problem('invalid', sentence, { field })
  }

  return {
    list: () => [...active.values()].map(toWatch).sort((a, b) => (a.Path < b.Path ? -1 : 1)),
    async add({ name }, { Path, Mode, Catalogue = null, Recursive }) {
      if (!isAbsolute(Path)) throw refuse('Path', 'The path of the folder must be absolute.')
      const path = resolve(Path)
      const isFolder = await stat(path).then(
        (status) => status.isDirectory(),
        () => false,
      )
      if (!isFolder) throw refuse('Path', `${path} is no folder.`)
      if (isBelow(await realpath(path), await realpath(dataDirectory))) {
        throw refuse('Path', "The cabinet's own folder cannot be watched.")
      }
      if (Catalogue !== null && !repositories.catalogues.find(Catalogue)) {
        throw refuse('Catalogue', `There is no catalogue ${Catalogue}.`)
      }
      if (watches.list().some((watch) => watch.path === path)) {
        throw new Problem('conflict', `${path} is watched already.`, { field: 'Path' })
      }
      const stored: StoredWatch = {
        uuid: randomUUID(),
        path,
        mode: Mode,
        recursive: Recursive,
        catalogueUuid: Catalogue,
        insertedAt: now(),
      }
      ledger.change((record) => {
        watches.insert(stored)
        record({ kind: 'cabinet.changed', uuid: stored.uuid, by: name, summary: `Watches the folder ${path}` })
      })
      start(stored)
      return toWatch({ stored, state: { State: 'starting', Message: '' } })
    },
    async remove({ name }, uuid) {
      const watching = active.get(uuid)
      if (!watching) throw new Problem('not-found', 'There is no such watch.', { uuid })
      ledger.change((record) => {
        watches.remove(uuid)
        const summary = `Does not watch the folder ${watching.stored.path} any more`
        record({ kind: 'cabinet.changed', uuid, by: name, summary })
      })
      active.delete(uuid)
      watching.abort.abort()
      await watching.watcher.close()
    },
    open() {
      for (const stored of watches.list()) start(stored)
    },
    async close() {
      const ending = [...active.values()]
      active.clear()
      for (const { abort } of ending) abort.abort()
      await Promise.all(ending.map(({ watcher }) => watcher.close()))
    },
  }
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep
}

/** The folders that files lie in, and those around them up to a root: a model may keep its weights in a folder beside it. */
function foldersAbove(paths: readonly string[], root: string): Set<string> {
  const folders = new Set<string>()
  for (const path of paths) {
    for (let folder = dirname(path); isBelow(folder, root) && !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder)
    }
  }
  return folders
}

/** Files that were written, or came to their place, after a time; moving a file changes its ctime only. */
async function newerThan(paths: readonly string[], time: number, signal: AbortSignal): Promise<string[]> {
  const newer: string[] = []
  for (const path of paths) {
    signal.throwIfAborted()
    const status = await stat(path).catch(() => undefined)
    if (status && Math.max(status.ctimeMs, status.mtimeMs, status.birthtimeMs) >= time) newer.push(path)
  }
  return newer
}

function toWatch({ stored, state }: Pick<Watching, 'stored' | 'state'>): Watch {
  return {
    UUID: stored.uuid,
    Path: stored.path,
    Mode: stored.mode,
    Catalogue: stored.catalogueUuid,
    Recursive: stored.recursive,
    ...state,
    InsertedAt: stored.insertedAt,
  }
}
