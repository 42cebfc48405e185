import { operations } from '../../../src-contract/operations/operations.ts'
import { createKeyedMutex } from '../../../src-contract/util/keyed-mutex.ts'
import { isModelName } from '../../../src-contract/util/model-file-types.ts'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { call } from '../../lib/api/client.ts'
import { refreshFunctions } from '../change-many.ts'
import { companionsOf } from './companions-of.ts'
import { pathOfFile } from './file-path.ts'
import { discardFunction, findDuplicate, keepDuplicate, sameModel } from './find-duplicate.ts'
import { controlPathImports, importPaths } from './import-paths.ts'
import { type ImportItem, importQueue, isOver, setItem, setItems } from './import-queue.ts'
import { nameImports } from './name-imports.ts'
import { rememberImport } from './past-imports.ts'
import { upload } from './upload.ts'

/** Uploads at a time; the cabinet writes one after the other, and hashing keeps a second one busy. */
const AT_ONCE = 3
/** By size: of two files with the same bytes at once, neither would find the other in the cabinet. */
const keyedMutex = createKeyedMutex<number>()

/** The model of which a file is data. */
const ownerOf = new WeakMap<File, { uuid: string; name: string }>()

let made = 0
let running = 0
const aborts = new Map<string, AbortController>()

const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? path

/**
 * Puts files in the queue and begins with them. Of a browser's files those that are no models are data of the models next to them.
 * @returns how many models there are
 */
export function importFiles(sources: readonly (string | File)[], catalogue?: string): number {
  const pathOf = (source: string | File) => (typeof source === 'string' ? source : pathOfFile(source))
  const isQueued = (source: string | File) => typeof source === 'string' || isModelName(source.name)
  const others = sources.filter((source) => source instanceof File && !isQueued(source))
  const models = sources.filter(isQueued)
  // Files that were named come after the models, of which they may be data; those of a folder are data or nothing.
  const queued = [...models, ...others.filter((source) => !pathOf(source).includes('/'))]
  if (queued.length === 0) return 0
  const names = nameImports(queued.map(pathOf))
  const items = queued.map((source): ImportItem => {
    made += 1
    const title = names.get(pathOf(source))
    const about = { id: `import-${made}`, source, catalogue, state: 'waiting', done: 0, message: '' } as const
    if (typeof source === 'string') return { ...about, name: title ?? nameOf(source), total: 0 }
    const dataFiles = filesBelow(pathOf(source), others)
    return {
      ...about,
      name: title ?? source.name,
      total: source.size,
      dataFiles,
      companions: companionsOf(pathOf(source), sources),
      ...(title !== undefined && { title }),
    }
  })
  importQueue.setState((queue) => ({
    // What ended before makes room once something new is brought in.
    items: queue.items.every(isOver) ? items : [...queue.items, ...items],
    open: true,
  }))
  pump()
  return items.length
}

/** The files in a model's folder and below it, by their place as seen from there. */
function filesBelow(model: string, others: readonly (string | File)[]): Map<string, File> {
  const folder = model.slice(0, model.lastIndexOf('/') + 1)
  const files = others.filter((one) => one instanceof File)
  const below = files.filter((one) => pathOfFile(one).startsWith(folder))
  return new Map(below.map((one) => [pathOfFile(one).slice(folder.length), one]))
}

function waiting(): ImportItem[] {
  return importQueue.getState().items.filter((item) => item.state === 'waiting')
}

const isModel = ({ source }: ImportItem) => typeof source === 'string' || isModelName(source.name)
const isModelUnderWay = () => importQueue.getState().items.some((item) => item.state === 'running' && isModel(item))

function pump(): void {
  while (!importQueue.getState().paused && running < AT_ONCE) {
    const next = waiting().find(isModel) ?? (isModelUnderWay() ? undefined : waiting()[0])
    if (!next) return
    running += 1
    const work = typeof next.source === 'string' ? importPaths(next, waiting()) : importFile(next, next.source)
    void work.finally(() => {
      running -= 1
      pump()
      if (running === 0) void refreshFunctions()
    })
  }
}

/** One model over HTTP, then once more with its data files where it names some that came with it. */
async function importFile(item: ImportItem, source: File): Promise<void> {
  const owner = ownerOf.get(source)
  if (owner) {
    setItem(item.id, { state: 'present', uuid: owner.uuid, message: `Belongs to ${owner.name}.` })
    return
  }
  const abort = new AbortController()
  aborts.set(item.id, abort)
  setItem(item.id, { state: 'running' })
  const { catalogue, title, companions = [] } = item
  const onProgress = (done: number, total: number) => setItem(item.id, { done, total })
  const { signal } = abort
  try {
    await keyedMutex(source.size, async () => {
      const duplicate = await findDuplicate(source, signal)
      if (duplicate) {
        const message = await keepDuplicate(duplicate, catalogue)
        setItem(item.id, { state: 'present', uuid: duplicate.UUID, message })
        return
      }
      const named = title === undefined ? {} : { title }
      const { UUID: uuid } = await upload(source, { catalogue, ...named, companions, signal, onProgress })
      const external = await missingFiles(uuid, item, signal)
      if (external.size > 0) await upload(source, { uuid, external, signal, onProgress })
      for (const file of [...external.values(), ...companions]) ownerOf.set(file, { uuid, name: item.name })
      const same = external.size > 0 ? await sameModel(uuid, signal) : undefined
      if (same) {
        await discardFunction(uuid)
        setItem(item.id, { state: 'present', uuid: same.UUID, message: await keepDuplicate(same, catalogue) })
        return
      }
      setItem(item.id, { state: 'imported', uuid, message: 'Imported.' })
    })
  } catch (error) {
    if (signal.aborted) setItem(item.id, { state: 'cancelled', message: 'Cancelled.' })
    else setItem(item.id, { state: 'refused', message: sentenceOf(error) })
  } finally {
    aborts.delete(item.id)
  }
}

/** The files that a new model misses and that came with it. */
async function missingFiles(uuid: string, { dataFiles }: ImportItem, signal: AbortSignal): Promise<Map<string, File>> {
  const found = new Map<string, File>()
  if (!dataFiles || dataFiles.size === 0) return found
  const { External } = await call(operations.getInspection, { uuid, signal })
  for (const { Location, State } of External) {
    const file = State === 'present' ? undefined : dataFiles.get(Location.replaceAll('\\', '/').replace(/^(\.\/)+/, ''))
    if (file) found.set(Location, file)
  }
  return found
}

/** Lets what is on its way come to its end and begins nothing new, or goes on. */
export function pauseImports(paused: boolean): void {
  importQueue.setState({ paused })
  controlPathImports(paused ? 'pause' : 'resume')
  if (!paused) pump()
}

/** Stops what is on its way; what was imported stays. */
export function cancelImports(): void {
  importQueue.setState({ paused: false })
  setItems((item) =>
    item.state === 'waiting' ? { ...item, state: 'cancelled', message: 'Cancelled before it started.' } : item,
  )
  for (const abort of aborts.values()) abort.abort()
  controlPathImports('cancel')
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
