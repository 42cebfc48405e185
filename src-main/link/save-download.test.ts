import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { saveDownload } from './save-download.ts'
import type { Send } from './send.ts'

// Protects a person's own files: what was there before stays until the download is whole.

const never = new AbortController().signal
let folder: string
let destination: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'save-download-'))
  destination = join(folder, 'model.onnx')
})
afterEach(() => rm(folder, { recursive: true }))

const answers =
  (body: string | ReadableStream, status = 200): Send =>
  async () =>
    new Response(body, { status })
const save = (send: Send, signal = never, to = destination) =>
  saveDownload(send, { path: '/download', destination: to }, signal)

async function* broken() {
  yield Buffer.from('half')
  throw new Error('the connection was lost')
}

it('says in the words of the cabinet why there is nothing to save', async () => {
  const gone = answers(JSON.stringify({ Message: 'There is no such function.' }), 404)
  await expect(save(gone)).rejects.toMatchObject({ code: 'not-found', message: 'There is no such function.' })
  await expect(save(answers('<html>', 502))).rejects.toThrow('status 502')
  expect(await readdir(folder)).toEqual([])
})

it('keeps the file that was there when the download breaks off', async () => {
  await writeFile(destination, 'before')
  await expect(save(answers(ReadableStream.from(broken())))).rejects.toThrow('the connection was lost')
  expect(await readFile(destination, 'utf8')).toBe('before')
  expect(await readdir(folder)).toEqual(['model.onnx'])
})

it('keeps nothing when it is cancelled', async () => {
  const stop = new AbortController()
  async function* endless() {
    for (;;) {
      yield Buffer.from('more')
      stop.abort(new Error('cancelled'))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await expect(save(answers(ReadableStream.from(endless())), stop.signal)).rejects.toThrow('cancelled')
  expect(await readdir(folder)).toEqual([])
})

it('says that the folder is gone', async () => {
  const missing = join(folder, 'missing', 'model.onnx')
  await expect(save(answers('bytes'), never, missing)).rejects.toThrow('its folder does not exist')
})

it('replaces the file that was there by the whole download', async () => {
  await writeFile(destination, 'before')
  await save(answers('the whole of it'))
  expect(await readFile(destination, 'utf8')).toBe('the whole of it')
  expect(await readdir(folder)).toEqual(['model.onnx'])
})
