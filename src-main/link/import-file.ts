import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { ImportResult } from '../../src-contract/contract/desktop/bridge.ts'
import { FunctionItem } from '../../src-contract/contract/functions/function.ts'
import { createKeyedMutex } from '../../src-contract/util/keyed-mutex.ts'
import { errorCode } from '../files/disk-problem.ts'
import { hashFile } from '../files/hash-file.ts'
import type { ImportFile, Progress } from './link.ts'
import { problemOf, type Send } from './send.ts'

type Outcome = Omit<ImportResult, 'path' | 'name'>

/** Only what is needed here: a cabinet of a newer version may say more. */
const Row = z.object(FunctionItem.pick({ UUID: true }).shape)
const Found = z.object(FunctionItem.pick({ UUID: true, Name: true, Catalogues: true }).shape)
type Found = z.infer<typeof Found>

/** By size: of two files with the same bytes at once, neither would find the other in the cabinet. */
const keyedMutex = createKeyedMutex<number>()

/**
 * Adds a model file to the cabinet by its path, through the API; bytes that are in the cabinet already are not added again.
 * `onProgress` hears of the bytes while they are copied. `signal` stops it until all of it was handed over: what has arrived is
 * kept whatever is said then, so that its answer is waited for and told.
 */
export async function importFile(
  send: Send,
  file: ImportFile,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<ImportResult> {
  const about = { path: file.path, name: basename(file.path) }
  const way = createWayBack(signal)
  try {
    const size = await sizeOf(file.path)
    const outcome = await keyedMutex(size, async () => {
      const duplicate = await findDuplicate(send, file.path, size, way.signal)
      return duplicate ? keepDuplicate(send, duplicate, file, way) : add(send, file, size, way, onProgress)
    })
    return { ...about, ...outcome }
  } catch (error) {
    if (way.signal.aborted) return { ...about, outcome: 'cancelled', message: 'Cancelled. Nothing was imported.' }
    return { ...about, outcome: 'refused', message: error instanceof Error ? error.message : String(error) }
  } finally {
    way.end()
  }
}

type WayBack = ReturnType<typeof createWayBack>

/** A signal that follows another one until `end` is called: from there on what was asked is done. */
function createWayBack(signal: AbortSignal) {
  const stop = new AbortController()
  const follow = () => stop.abort(signal.reason)
  if (signal.aborted) follow()
  else signal.addEventListener('abort', follow, { once: true })
  return { signal: stop.signal, end: () => signal.removeEventListener('abort', follow) }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw new Problem('invalid', `${basename(path)} is a folder, not a file.`)
    if (!found.isFile()) throw new Problem('invalid', `${basename(path)} is not a regular file.`)
    return found.size
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') throw new Problem('not-found', `${basename(path)} no longer exists.`)
    if (code === 'EACCES' || code === 'EPERM')
      throw new Problem('forbidden', `You do not have permission to read ${basename(path)}.`)
    throw error
  }
}

/** The function that has the same bytes. Only a file of whose size there is another is hashed. */
async function findDuplicate(send: Send, path: string, size: number, signal: AbortSignal): Promise<Found | undefined> {
  const first = async (query: string) =>
    z.array(Found).parse(await json(await send('GET', `/functions?${query}&Limit=1&OrderBy=InsertedAt`, { signal })))[0]
  if (!(await first(`Size=${size}`))) return undefined
  return first(`Sha256=${await hashFile(path, { signal })}`)
}

async function keepDuplicate(send: Send, duplicate: Found, file: ImportFile, way: WayBack): Promise<Outcome> {
  const catalogues = duplicate.Catalogues.map(({ UUID }) => UUID)
  if (file.catalogue === undefined || catalogues.includes(file.catalogue)) {
    return { outcome: 'present', uuid: duplicate.UUID, message: `Already here as ${duplicate.Name}.` }
  }
  const body = JSON.stringify({ Catalogues: [...catalogues, file.catalogue] })
  way.end()
  const { signal } = way
  await json(
    await send('PATCH', `/function/${duplicate.UUID}`, {
      headers: { 'Content-Type': 'application/json' },
      body,
      signal,
    }),
  )
  return {
    outcome: 'present',
    uuid: duplicate.UUID,
    message: `Already here as ${duplicate.Name}; added to the catalogue.`,
  }
}

async function add(
  send: Send,
  file: ImportFile,
  size: number,
  way: WayBack,
  onProgress: (progress: Progress) => void,
): Promise<Outcome> {
  const boundary = `model-cabinet-${randomUUID()}`
  const data = JSON.stringify({
    ...(file.name !== undefined && { Name: file.name }),
    ...(file.catalogue !== undefined && { Catalogues: [file.catalogue] }),
  })
  const response = await send('POST', '/functions', {
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: multipart(boundary, data, file.path, way, (done) => onProgress({ done, total: size })),
    signal: way.signal,
  })
  const added = Row.parse(await json(response))
  return { outcome: 'imported', uuid: added.UUID, message: 'Imported.' }
}

/** The parts that the official client sends: `data` (JSON text) and `file` (contract.md 4). */
async function* multipart(
  boundary: string,
  data: string,
  path: string,
  way: WayBack,
  onBytes: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  const fileName = basename(path)
    .replaceAll('"', '%22')
    .replaceAll(/[\r\n]/g, ' ')
  yield Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="data"\r\n\r\n${data}\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\n` +
      `Content-Type: application/octet-stream\r\n\r\n`,
  )
  let done = 0
  let reportedAt = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    yield chunk
    done += chunk.length
    // Some twenty reports a second are plenty for a progress bar.
    if (performance.now() - reportedAt > 50) {
      reportedAt = performance.now()
      onBytes(done)
    }
  }
  onBytes(done)
  // Without its end the upload is refused, and the cabinet keeps nothing of it.
  if (way.signal.aborted) return
  way.end()
  yield Buffer.from(`\r\n--${boundary}--\r\n`)
}

async function json(response: Response): Promise<unknown> {
  if (!response.ok) throw await problemOf(response)
  return response.json()
}
