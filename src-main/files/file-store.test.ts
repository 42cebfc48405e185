import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFileStore, type FileStore, TRASH_TIME } from './file-store.ts'
import { hashFile } from './hash-file.ts'

let directory: string
let files: FileStore

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cabinet-files-'))
  files = createFileStore(directory)
})
afterEach(() => rm(directory, { recursive: true, force: true }))

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}
const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const incoming = () => readdir(files.incoming)
async function kept(): Promise<string[]> {
  const digests: string[] = []
  for await (const sha256 of files.digests()) digests.push(sha256)
  return digests
}

test('a stream past the limit is refused and leaves nothing', async () => {
  await expect(files.receive(chunks('12345', '67890'), { limit: 9 })).rejects.toMatchObject({ code: 'too-large' })
  expect(await incoming()).toEqual([])
})

test('a stream that fails leaves nothing', async () => {
  async function* broken() {
    yield Buffer.from('half')
    throw new Error('cut off')
  }
  await expect(files.receive(broken(), { limit: 100 })).rejects.toThrow('cut off')
  expect(await incoming()).toEqual([])
})

test('an abort while the sender is silent ends at once and leaves nothing', async () => {
  const abort = new AbortController()
  async function* silent() {
    yield Buffer.from('half')
    abort.abort(new Error('gone'))
    await new Promise(() => {})
  }
  await expect(files.receive(silent(), { limit: 100, signal: abort.signal })).rejects.toThrow('gone')
  await expect.poll(incoming).toEqual([])
})

test('a received file has the digest and size of its bytes, whatever the chunks', async () => {
  const staged = await files.receive(chunks('ab', '', 'c'), { limit: 3 })
  expect(staged).toMatchObject({ size: 3, sha256: digest('abc') })
  await staged.discard()
  expect(await incoming()).toEqual([])
})

test('identical bytes are kept once', async () => {
  const both = await Promise.all([1, 2].map(() => files.receive(chunks('same'), { limit: 10 })))
  await Promise.all(both.map((staged) => files.keep(staged)))
  expect(await kept()).toEqual([digest('same')])
  expect(await readFile(files.pathOf(digest('same')), 'utf8')).toBe('same')
  expect(await incoming()).toEqual([])
})

test('keeping the same bytes again heals a damaged file', async () => {
  await files.keep(await files.receive(chunks('good'), { limit: 10 }))
  await writeFile(files.pathOf(digest('good')), 'evil')
  await files.keep(await files.receive(chunks('good'), { limit: 10 }))
  expect(await hashFile(files.pathOf(digest('good')))).toBe(digest('good'))
})

test('the sweep at start removes temporaries and nothing else', async () => {
  await files.keep(await files.receive(chunks('kept'), { limit: 10 }))
  await files.receive(chunks('left over'), { limit: 10 })
  await createFileStore(directory).sweep()
  expect(await incoming()).toEqual([])
  expect(await kept()).toEqual([digest('kept')])
})

test('a file that is held or named does not go to the trash', async () => {
  const sha256 = digest('held')
  await files.keep(await files.receive(chunks('held'), { limit: 10 }))
  expect(await files.discard(sha256, () => false)).toBe(false)
  files.release(sha256)
  expect(await files.discard(sha256, () => true)).toBe(false)
  expect(await files.discard(sha256, () => false)).toBe(true)
  expect(await kept()).toEqual([])
})

test('a hold lasts until each keeper has released it', async () => {
  const sha256 = digest('twice')
  for (const _ of [1, 2]) await files.keep(await files.receive(chunks('twice'), { limit: 10 }))
  files.release(sha256)
  expect(await files.discard(sha256, () => false)).toBe(false)
  files.release(sha256)
  expect(await files.discard(sha256, () => false)).toBe(true)
})

test('the trash gives a file back, and removes it only after 30 days', async () => {
  const sha256 = digest('old')
  await files.keep(await files.receive(chunks('old'), { limit: 10 }))
  files.release(sha256)
  // An old file's trash time counts from its discarding, not from its writing.
  const yearAgo = new Date(Date.now() - 12 * TRASH_TIME)
  await utimes(files.pathOf(sha256), yearAgo, yearAgo)
  await files.discard(sha256, () => false)
  expect(await files.emptyTrash(Date.now() - TRASH_TIME)).toBe(1)
  expect(await files.recover(sha256)).toBe(true)
  expect(await readFile(files.pathOf(sha256), 'utf8')).toBe('old')
  await files.discard(sha256, () => false)
  expect(await files.emptyTrash(Date.now() + 1000)).toBe(0)
  expect(await files.recover(sha256)).toBe(false)
})
