import { stat } from 'node:fs/promises'
import { basename, dirname, sep } from 'node:path'
import { mayBeCompanion } from '../../../src-contract/util/companion-names.ts'
import { isModelName } from '../../../src-contract/util/model-file-types.ts'
import type { Exclusion } from '../../files/exclusion.ts'
import { type Found, findCandidates, type Unreadable } from '../../files/find-candidates.ts'
import { createFolderNames } from '../../files/folder-names.ts'
import { type CompanionFinder, createCompanionFinder } from '../companions/find-companions.ts'
import { type WatchState, watchFolder } from './folder-watch.ts'
import type { LostFiles } from './lost-files.ts'

/** Clocks of file servers differ, and file times are coarse on some systems. Milliseconds. */
const SLACK = 10_000

/** Milliseconds. */
export type WatchTimes = {
  /** After this time without growth a file counts as fully written. */
  settled: number
  /** How often a folder that is away, or could not be watched, is looked for. */
  again: number
  /** How often the whole folder is looked through: systems lose events, and network drives send none. */
  rescan: number
}

export type WatchedFolderOptions = {
  path: string
  recursive: boolean
  /** A folder that is never looked into: the cabinet's own. */
  except: string
  exclusion: Exclusion
  times: WatchTimes
  lost: LostFiles
  /** When all of it was looked through last, also before a restart, in ms since 1970; null where it never was. */
  lookedThroughAt(): number | null
  onLookedThrough(at: number): void
  /** Models that are new or changed, and fully written; or the folder itself, the first time. */
  onModels(paths: string[]): void
  log: (error: unknown) => void
}

export type WatchedFolder = {
  state(): WatchState
  /** Looks through all of it as after a start: what was told of before may be forgotten. */
  lookAgain(): void
  close(): Promise<void>
}

/** Watches a folder for models that come, change, move and vanish, and finds out what happened while nobody watched. */
export function openWatchedFolder(options: WatchedFolderOptions): WatchedFolder {
  const { path: root, recursive, except, exclusion, times, lost, onModels, log } = options
  const closing = new AbortController()
  const { signal } = closing
  /** Models that were told of, as they were then. */
  const told = new Map<string, string>()
  let state: WatchState = { State: 'starting', Message: '' }
  let timer: NodeJS.Timeout | undefined
  let lookTimer: NodeJS.Timeout | undefined
  const newFolders: string[] = []
  let looking = Promise.resolve()

  const watcher = watchFolder({
    path: root,
    recursive,
    except,
    exclusion,
    settled: times.settled,
    again: times.again,
    onBegun() {
      looking = looking.then(() => guarded(lookThrough))
      clearInterval(timer)
      timer = setInterval(() => {
        looking = looking.then(() => guarded(lookThrough))
      }, times.rescan).unref()
      return looking
    },
    onFiles: (paths) => void guarded(() => filesCame(paths)),
    onFolders: (paths) => lookLater(paths),
    onGone(path) {
      told.delete(path)
      void guarded(async () => lost.vanished(path))
    },
    onState(given) {
      state = given
      if (given.State === 'missing') void guarded(flagAll)
    },
  })

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!signal.aborted) log(error)
    }
  }

  /** Tells of what is other than it was, and flags what went. */
  async function lookThrough(): Promise<void> {
    if (signal.aborted || state.State !== 'watching') return
    const began = Date.now()
    const since = options.lookedThroughAt()
    const changed = new Set(await lost.check(withSeparator(root), signal))
    const companions = createCompanionFinder(createFolderNames())
    const { candidates, unreadable } = await find([root])
    if (state.State === 'watching') state = { State: 'watching', Message: unreadableSentence(unreadable) }
    const fresh: string[] = []
    for (const path of candidates) {
      signal.throwIfAborted()
      const before = told.get(path)
      const look = await note(path, companions)
      if (!look) continue
      const isNew = before === undefined ? changed.has(path) || look.at >= (since ?? 0) - SLACK : before !== look.mark
      if (isNew) fresh.push(path)
    }
    const present = new Set(candidates)
    for (const path of told.keys()) if (!present.has(path)) told.delete(path)
    if (since === null) onModels([root])
    else onModels(fresh)
    options.onLookedThrough(began)
  }

  async function find(paths: readonly string[]): Promise<Found> {
    return findCandidates(paths, { recursive, exclusion, signal, except })
  }

  /** Looks through new folders once they are watched: what came with them, or just before, is told by nobody else. */
  function lookLater(folders: readonly string[]): void {
    if (signal.aborted || !recursive) return
    newFolders.push(...folders)
    clearTimeout(lookTimer)
    lookTimer = setTimeout(() => void guarded(() => lookInto(newFolders.splice(0))), times.settled).unref()
  }

  async function lookInto(folders: readonly string[]): Promise<void> {
    const fresh: string[] = []
    const companions = createCompanionFinder(createFolderNames())
    for (const path of (await find(folders)).candidates) {
      const before = told.get(path)
      const look = await note(path, companions)
      if (!look || look.mark === before) continue
      if (Date.now() - look.at >= times.settled) fresh.push(path)
      else {
        told.delete(path)
        lookLater([dirname(path)])
      }
    }
    if (fresh.length > 0) await filesCame(fresh)
  }

  async function flagAll(): Promise<void> {
    told.clear()
    await lost.check(withSeparator(root), signal)
  }

  async function filesCame(paths: readonly string[]): Promise<void> {
    const companions = createCompanionFinder(createFolderNames())
    const found = new Set(paths.filter((path) => isModelName(path)))
    for (const path of paths)
      if (mayBeCompanion(basename(path))) for (const model of lost.modelsAround(path)) found.add(model)
    for (const path of found) await note(path, companions)
    // Weights that came after their model make it whole, and others make it another one.
    for (const path of paths) for (const model of lost.modelsNaming(path)) found.add(model)
    onModels([...found])
  }

  /**
   * Remembers a model as it is now, with its companions; `at` is when the last of them was written or came to its place: moving a file
   * changes its ctime only.
   */
  async function note(path: string, companions: CompanionFinder): Promise<{ mark: string; at: number } | undefined> {
    const status = await stat(path).catch(() => undefined)
    if (!status) return undefined
    const around = (await companions.of(path)).map(({ changedAt }) => changedAt)
    const mark = `${status.size} ${status.mtimeMs} ${status.ino} ${around.join()}`
    told.set(path, mark)
    return { mark, at: Math.max(status.ctimeMs, status.mtimeMs, status.birthtimeMs, ...around) }
  }

  return {
    state: () => state,
    lookAgain() {
      told.clear()
      looking = looking.then(() => guarded(lookThrough))
    },
    async close() {
      closing.abort()
      clearInterval(timer)
      clearTimeout(lookTimer)
      await watcher.close()
      await looking
    },
  }
}

function unreadableSentence([first, ...others]: readonly Unreadable[]): string {
  if (!first) return ''
  const more = others.length > 0 ? ` ${others.length} more could not be read.` : ''
  return `${first.path} was passed over: ${first.message}${more}`
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep
}
