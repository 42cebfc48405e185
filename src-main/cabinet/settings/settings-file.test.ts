import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { usualSettings } from '../../../src-contract/contract/admin/settings.ts'
import { openSettingsFile } from './settings-file.ts'

// Protects what a person has set: from damage, from a program of another version, and from half a write.

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
  path = join(folder, 'settings.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const read = (): unknown => JSON.parse(readFileSync(path, 'utf8'))

it('is as usual where nothing was set, and writes nothing by itself', () => {
  const file = openSettingsFile(folder)
  expect(file.values).toEqual(usualSettings)
  expect(file.warnings).toEqual([])
  expect(readdirSync(folder)).toEqual([])
})

it('gives back what was written, and leaves what is as usual to later versions', async () => {
  await openSettingsFile(folder).write({ ...usualSettings, Port: 9_000 })
  expect(read()).toEqual({ Version: 1, Port: 9_000 })
  expect(openSettingsFile(folder).values).toEqual({ ...usualSettings, Port: 9_000 })
  expect(readdirSync(folder)).toEqual(['settings.json'])
})

it.each(['', '{"Version": 1, "Port":', '[]', '{"Port": 9000}', 'null', '{"Version": "1"}'])(
  'says that %j is damaged, and keeps it beside what is written next',
  async (text) => {
    writeFileSync(path, text)
    const file = openSettingsFile(folder)
    expect(file.values).toEqual(usualSettings)
    expect(file.warnings).toEqual([`${path} is damaged; the default settings are used.`])
    await file.write({ ...usualSettings, NetworkLinks: 'off' })
    expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(text)
    expect(file.warnings).toEqual([])
    expect(openSettingsFile(folder)).toMatchObject({ values: { NetworkLinks: 'off' }, warnings: [] })
  },
)

it('loses one value that cannot be used, and no other', async () => {
  const text = JSON.stringify({ Version: 1, MaxUploadSize: 5_000_000, Port: 'none', NetworkLinks: 'any' })
  writeFileSync(path, text)
  const file = openSettingsFile(folder)
  expect(file.values).toEqual({ ...usualSettings, MaxUploadSize: 5_000_000, NetworkLinks: 'any' })
  expect(file.warnings).toEqual([`Port in ${path} is not valid; the default is used.`])
  await file.write({ ...file.values, Port: 9_000 })
  expect(read()).toEqual({ Version: 1, MaxUploadSize: 5_000_000, NetworkLinks: 'any', Port: 9_000 })
  expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(text)
})

it('keeps what it does not know', async () => {
  writeFileSync(path, JSON.stringify({ Version: 1, Port: 9_000, Colour: 'teal' }))
  await openSettingsFile(folder).write(usualSettings)
  expect(read()).toEqual({ Version: 1, Colour: 'teal' })
})

it('leaves the file of a newer program as it is', async () => {
  const text = JSON.stringify({ Version: 2, Port: { from: 1, to: 2 } })
  writeFileSync(path, text)
  const file = openSettingsFile(folder)
  expect(file.values).toEqual(usualSettings)
  expect(file.warnings).toEqual([expect.stringContaining('from a newer Model Cabinet')])
  await expect(file.write(usualSettings)).rejects.toMatchObject({ code: 'conflict' })
  expect(readFileSync(path, 'utf8')).toBe(text)
})

it('changes nothing where it cannot be written', async () => {
  const file = openSettingsFile(join(folder, 'gone'))
  await expect(file.write({ ...usualSettings, Port: 9_000 })).rejects.toThrow('ENOENT')
  expect(file.values).toEqual(usualSettings)
})
