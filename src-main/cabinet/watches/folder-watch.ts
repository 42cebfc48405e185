import { realpathSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { type FSWatcher, watch } from 'chokidar'
import { errorCode } from '../../files/disk-problem.ts'
import type { Exclusion } from '../../files/exclusion.ts'
import { isBelow } from '../../files/find-candidates.ts'
import { endWatcher } from './end-watcher.ts'

export type WatchState = { State: 'starting' | 'watching' | 'missing' | 'failed'; Message: string }

export type FolderWatchOptions = {
  path: string
  recursive: boolean
  /** A folder that is never looked into: the cabinet's own. */
  except: string
  exclusion: Exclusion
  /** Milliseconds without growth after which a file counts as fully written. */
  settled: number
  /** Milliseconds after which a folder that is away, or could not be watched, is looked for again. */
  again: number
  /** Watching has begun: what came before is to be looked through. Not called again before it has resolved. */
  onBegun(): Promise<void>
  /** Files that appeared or changed, some at a time, each fully written. */
  onFiles(paths: string[]): void
  /** Folders that appeared; what lay in them before they were watched was not told. */
  onFolders(paths: string[]): void
  onGone(path: string): void
  onState(state: WatchState): void
}

/** Milliseconds without a further file after which those that came are told, and after which they are told in any case. */
const GATHER = 300
const GATHER_LONGEST = 5_000
/** The system's limit of watched folders or open files is reached; then files are looked at now and then instead. */
const limits = new Set(['ENOSPC', 'EMFILE', 'ENFILE'])

/** Watches one folder until it is closed, also while it is away. */
export function watchFolder(options: FolderWatchOptions): { close(): Promise<void> } {
  const { path, recursive, except, exclusion, settled, again, onBegun, onFiles, onFolders, onGone, onState } = options
  let watcher: FSWatcher | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let polling = false
  const gathered = createGatherer(onFiles)
  const gatheredFolders = createGatherer(onFolders)

  async function begin(): Promise<void> {
    if (closed) return
    const isFolder = await stat(path).then(
      (status) => status.isDirectory(),
      () => false,
    )
    if (closed) return
    if (!isFolder)
      return later({
        State: 'missing',
        Message: `The folder ${path} was not found; Model Cabinet keeps looking for it.`,
      })
    const started = watch(path, {
      ignoreInitial: true,
      ...(!recursive && { depth: 0 }),
      awaitWriteFinish: { stabilityThreshold: settled, pollInterval: Math.min(100, settled) },
      ignorePermissionErrors: true,
      ignored: (one, stats) =>
        isBelow(one, except) ||
        exclusion(path, one) !== undefined ||
        (stats?.isDirectory() === true && isOtherWay(one)),
      usePolling: polling,
      ...(polling && { interval: 5_000, binaryInterval: 5_000 }),
    })
    watcher = started
    const isOtherWay = createOtherWays()
    started.on('add', gathered.add).on('change', gathered.add).on('unlink', onGone)
    started.on('unlinkDir', (folder) => {
      if (folder === path) void restart({ State: 'missing', Message: `The folder ${path} no longer exists.` })
    })
    started.on('error', (error) => void fail(error))
    started.on('ready', () => {
      started.on('addDir', gatheredFolders.add)
      onState({ State: 'watching', Message: '' })
      onBegun().catch((error: unknown) => void fail(error))
    })
  }

  async function fail(error: unknown): Promise<void> {
    const code = errorCode(error) ?? ''
    if (limits.has(code)) polling = true
    // One bad entry stops nothing: looking through the folder names it.
    else if (error instanceof Error && 'path' in error && error.path !== path) return
    const detail = error instanceof Error ? error.message : String(error)
    await restart({ State: 'failed', Message: `The folder could not be watched (${detail}). Retrying.` })
  }

  async function restart(state: WatchState): Promise<void> {
    const ended = watcher
    watcher = undefined
    if (!ended) return
    await endWatcher(ended)
    later(state)
  }

  function later(state: WatchState): void {
    if (closed) return
    onState(state)
    timer = setTimeout(() => void begin(), again).unref()
  }

  void begin()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      gathered.close()
      gatheredFolders.close()
      if (watcher) await endWatcher(watcher)
    },
  }
}

/** Whether a folder is one that is known by another path: rings of links would be followed until the system refuses. */
function createOtherWays(): (folder: string) => boolean {
  const firstWay = new Map<string, string>()
  return (folder) => {
    try {
      const real = realpathSync(folder)
      const first = firstWay.get(real)
      if (first === undefined) firstWay.set(real, folder)
      return first !== undefined && first !== folder
    } catch {
      return false
    }
  }
}

/** Tells files together that come together. */
function createGatherer(tell: (paths: string[]) => void) {
  const paths = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let since = 0
  function flush(): void {
    const all = [...paths]
    paths.clear()
    if (all.length > 0) tell(all)
  }
  return {
    add(path: string): void {
      if (paths.size === 0) since = Date.now()
      paths.add(path)
      clearTimeout(timer)
      timer = setTimeout(flush, Date.now() - since > GATHER_LONGEST ? 0 : GATHER)
    },
    close: () => clearTimeout(timer),
  }
}
