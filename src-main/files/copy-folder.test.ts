import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { copyFolder, isUnfinishedCopy } from './copy-folder.ts'

// Protects a cabinet on its way to another folder: all of it arrives, and nothing that was there is written over.

let folder: string
let from: string
let to: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copy-folder-'))
  from = join(folder, 'from')
  to = join(folder, 'to')
  await mkdir(join(from, 'files', 'ab'), { recursive: true })
  await writeFile(join(from, 'cabinet.db'), 'rows')
  await writeFile(join(from, 'files', 'ab', 'cd'), 'a model')
  await writeFile(join(from, 'lock.db'), 'mine')
})
afterEach(() => rm(folder, { recursive: true }))

const quiet = { takes: () => true, mark: 'cabinet.db', onProgress() {} }

it('copies everything but what is not taken, and tells how far it is', async () => {
  const told: string[] = []
  await copyFolder(from, to, {
    takes: (path) => path !== 'lock.db',
    mark: 'cabinet.db',
    onProgress: (done, total) => told.push(`${done} of ${total}`),
  })
  expect((await readdir(to, { recursive: true })).sort()).toEqual(
    ['cabinet.db', 'files', join('files', 'ab'), join('files', 'ab', 'cd')].sort(),
  )
  expect(await readFile(join(to, 'files', 'ab', 'cd'), 'utf8')).toBe('a model')
  expect(told.at(0)).toBe('0 of 11')
  expect(told.at(-1)).toBe('11 of 11')
})

it('leaves out a folder with all that is in it', async () => {
  await copyFolder(from, to, { ...quiet, takes: (path) => path !== 'files' })
  expect((await readdir(to, { recursive: true })).sort()).toEqual(['cabinet.db', 'lock.db'])
})

it('writes over nothing', async () => {
  await mkdir(to)
  await writeFile(join(to, 'cabinet.db'), 'another cabinet')
  await expect(copyFolder(from, to, quiet)).rejects.toMatchObject({ code: 'EEXIST' })
  expect(await readFile(join(to, 'cabinet.db'), 'utf8')).toBe('another cabinet')
})

it('says what cannot be read', async () => {
  await expect(copyFolder(join(folder, 'nowhere'), to, quiet)).rejects.toThrow('ENOENT')
})

it('gives the file that marks a whole copy its name last, so that a copy that was cut off is taken for none', async () => {
  const copying = copyFolder(from, to, {
    ...quiet,
    onProgress(done) {
      if (done > 0) throw new Error('cut off')
    },
  })
  await expect(copying).rejects.toThrow('cut off')
  expect(await readdir(to, { recursive: true })).not.toContain('cabinet.db')
  expect(isUnfinishedCopy(to, 'cabinet.db')).toBe(true)
})

it('makes a copy that was cut off again, and leaves alone what somebody else put there', async () => {
  for (const at of [1, 7, 8]) {
    const copying = copyFolder(from, to, {
      ...quiet,
      onProgress(done) {
        if (done >= at) throw new Error('cut off')
      },
    })
    await expect(copying).rejects.toThrow('cut off')
    await rm(join(to, 'cabinet.db'), { force: true })
  }
  await writeFile(join(to, 'mine.txt'), 'mine')
  await copyFolder(from, to, quiet)
  expect(isUnfinishedCopy(to, 'cabinet.db')).toBe(false)
  const names = ['cabinet.db', 'files', join('files', 'ab'), join('files', 'ab', 'cd'), 'lock.db', 'mine.txt']
  expect((await readdir(to, { recursive: true })).sort()).toEqual(names.sort())
})
