import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { chooseDataDirectory, chosenDataDirectory } from './chosen-data-directory.ts'

let folder: string
let usual: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chosen-'))
  usual = join(folder, 'usual')
})
afterEach(() => rmSync(folder, { recursive: true }))

it('is the usual folder where nothing was chosen', () => {
  expect(chosenDataDirectory(usual)).toBe(usual)
})

it('does not fall back to an empty cabinet where the chosen folder is away', async () => {
  const other = join(folder, 'other')
  mkdirSync(other)
  await chooseDataDirectory(other, usual)
  expect(chosenDataDirectory(usual)).toBe(other)
  rmSync(other, { recursive: true })
  expect(() => chosenDataDirectory(usual)).toThrow(/chosen in Settings, was not found/)
})

it('goes back to the usual folder when that is chosen', async () => {
  await chooseDataDirectory(folder, usual)
  await chooseDataDirectory(usual, usual)
  expect(chosenDataDirectory(usual)).toBe(usual)
})

it('passes over a choice that makes no sense', () => {
  mkdirSync(usual)
  // A path from wherever the program was started would be another folder each time.
  const relative = ['""', '"."', '"src-main"', '"../.."'].map((path) => `{"DataDirectory": ${path}}`)
  for (const text of ['', '{', 'null', '[]', '7', '{"DataDirectory": 3}', '{"DataDirectory": null}', ...relative]) {
    writeFileSync(join(usual, 'data-folder.json'), text)
    expect(chosenDataDirectory(usual)).toBe(usual)
  }
})
