import { createKeyedMutex } from '../../../src-contract/util/keyed-mutex.ts'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { refreshFunctions } from '../change-many.ts'
import { pathOfFile } from './file-path.ts'
import { findDuplicate, keepDuplicate } from './find-duplicate.ts'
import { type ImportItem, importQueue, isOver, setItem, setItems } from './import-queue.ts'
import { nameImports } from './name-imports.ts'
import { rememberImport } from './past-imports.ts'
import { upload } from './upload.ts'

/** Uploads at a time; the cabinet writes one after the other, and hashing keeps a second one busy. */
const AT_ONCE = 3
/** Paths that are handed to the desktop at once, so that a list of 10,000 files can be cancelled in between. */
const BATCH = 8

/** By size: of two files with the same bytes at once, neither would find the other in the cabinet. */
const keyedMutex = createKeyedMutex<number>()

let made = 0
let running = 0
const aborts = new Map<string, AbortController>()
const bridgeImports = new Set<string>()

const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? path

/** Puts files in the queue and begins with them. */
export function importFiles(sources: readonly (string | File)[], catalogue?: string): void {
  if (sources.length === 0) return
  const pathOf = (source: string | File) => (typeof source === 'string' ? source : pathOfFile(source))
  const names = nameImports(sources.map(pathOf))
  const items = sources.map((source): ImportItem => {
    made += 1
    const isPath = typeof source === 'string'
    const title = names.get(pathOf(source))
    return {
      id: `import-${made}`,
      name: title ?? (isPath ? nameOf(source) : source.name),
      ...(title !== undefined && { title }),
      source,
      catalogue,
      state: 'waiting',
      done: 0,
      total: isPath ? 0 : source.size,
      message: '',
    }
  })
  importQueue.setState((queue) => ({
    // What ended before makes room once something new is brought in.
    items: queue.items.every(isOver) ? items : [...queue.items, ...items],
    open: true,
  }))
  pump()
}

function waiting(): ImportItem[] {
  return importQueue.getState().items.filter((item) => item.state === 'waiting')
}

function pump(): void {
  while (!importQueue.getState().paused && running < (window.cabinet ? 1 : AT_ONCE)) {
    const [next] = waiting()
    if (!next) return
    running += 1
    const work = window.cabinet ? importPaths(window.cabinet, next) : importFile(next)
    void work.finally(() => {
      running -= 1
      pump()
      if (running === 0) void refreshFunctions()
    })
  }
}

/** One file over HTTP. */
async function importFile(item: ImportItem): Promise<void> {
  const { source } = item
  if (typeof source === 'string') return
  const abort = new AbortController()
  aborts.set(item.id, abort)
  setItem(item.id, { state: 'running' })
  try {
    await keyedMutex(source.size, async () => {
      const duplicate = await findDuplicate(source, abort.signal)
      if (duplicate) {
        setItem(item.id, {
          state: 'present',
          uuid: duplicate.UUID,
          message: await keepDuplicate(duplicate, item.catalogue),
        })
        return
      }
      const created = await upload(source, item, {
        signal: abort.signal,
        onProgress: (done, total) => setItem(item.id, { done, total }),
      })
      setItem(item.id, { state: 'imported', uuid: created.UUID, message: 'Imported.' })
    })
  } catch (error) {
    if (abort.signal.aborted) setItem(item.id, { state: 'cancelled', message: 'Cancelled.' })
    else setItem(item.id, { state: 'refused', message: sentenceOf(error) })
  } finally {
    aborts.delete(item.id)
  }
}

/** The next paths for the same catalogue, by the bridge. */
async function importPaths(bridge: NonNullable<Window['cabinet']>, first: ImportItem): Promise<void> {
  const batch = waiting()
    .filter((item) => item.catalogue === first.catalogue)
    .slice(0, BATCH)
  const paths = batch.flatMap(({ source }) => (typeof source === 'string' ? [source] : []))
  const names = Object.fromEntries(
    batch.flatMap(({ source, title }) => (typeof source === 'string' && title !== undefined ? [[source, title]] : [])),
  )
  const byPath = new Map(batch.map((item) => [item.source, item.id]))
  const { id } = first
  bridgeImports.add(id)
  setItems((item) => (batch.includes(item) ? { ...item, state: 'running' } : item))
  try {
    const results = await bridge.importPaths(
      { id, paths, names, ...(first.catalogue !== undefined && { catalogue: first.catalogue }) },
      ({ path, done, total }) => {
        const item = byPath.get(path)
        if (item !== undefined) setItem(item, { done, total })
      },
    )
    for (const result of results) {
      const item = byPath.get(result.path)
      if (item === undefined) continue
      setItem(item, {
        state: result.outcome,
        message: result.message,
        ...(result.uuid !== undefined && { uuid: result.uuid }),
      })
    }
  } catch (error) {
    const ids = new Set(batch.map((item) => item.id))
    setItems((item) =>
      ids.has(item.id) && !isOver(item) ? { ...item, state: 'refused', message: sentenceOf(error) } : item,
    )
  } finally {
    bridgeImports.delete(id)
  }
}

/** Lets what is on its way come to its end and begins nothing new, or goes on. */
export function pauseImports(paused: boolean): void {
  importQueue.setState({ paused })
  if (!paused) pump()
}

/** Stops what is on its way; what was imported stays. */
export function cancelImports(): void {
  importQueue.setState({ paused: false })
  setItems((item) =>
    item.state === 'waiting' ? { ...item, state: 'cancelled', message: 'Cancelled before it started.' } : item,
  )
  for (const abort of aborts.values()) abort.abort()
  for (const id of bridgeImports) window.cabinet?.cancel(id)
}

/** Tries those again that were refused or cancelled. */
export function retryImports(): void {
  setItems((item) =>
    item.state === 'refused' || item.state === 'cancelled' ? { ...item, state: 'waiting', done: 0, message: '' } : item,
  )
  pump()
}

/** Empties the list of results; what they were can be read later. */
export function clearImports(): void {
  rememberImport(importQueue.getState().items.filter(isOver))
  importQueue.setState(({ items }) => ({ items: items.filter((item) => !isOver(item)), open: false }))
}
