import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeZip, type ZipEntry } from './write-zip.ts'

// An archive that somebody stops reading must not keep its files open, and one that fails must not look whole.

let folder: string
let path: string
const size = 4_000_000
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-zip-'))
  path = join(folder, 'large')
  await writeFile(path, Buffer.alloc(size, 'abc'))
})
afterAll(() => rm(folder, { recursive: true }))

let asked = 0
async function* files(count: number, failure?: Error): AsyncGenerator<ZipEntry> {
  for (let at = 0; at < count; at++) {
    asked++
    yield { path: `f${at}`, file: path, size }
  }
  if (failure) throw failure
}

test('what fails on the way breaks the archive off with that error', async () => {
  await expect(buffer(writeZip(files(2, new Error('changed'))))).rejects.toThrow('changed')
  await expect(buffer(writeZip(files(0, new Error('at once'))))).rejects.toThrow('at once')
})

test.skipIf(process.platform !== 'linux')(
  'a reader that goes away closes what is read, and nothing more is asked for',
  async () => {
    const open = async () => (await readdir('/proc/self/fd')).length
    const before = await open()
    asked = 0
    const zip = writeZip(files(50))
    for await (const _ of zip) break
    await expect.poll(open).toBe(before)
    expect(asked).toBeLessThan(3)
  },
)
