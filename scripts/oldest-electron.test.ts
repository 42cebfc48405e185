import { describe, expect, it } from 'vitest'
import { checkOldestElectron, tooYoung } from './oldest-electron.ts'
import { youngInChromium, youngInNode } from './young-names.ts'

// Protects the window and the main process in Electron 25, where a call that is younger fails at run time only.

const inNode = (source: string) => tooYoung('one.ts', source, youngInNode, 'Node 18.15')
const inChromium = (source: string) => tooYoung('one.tsx', source, youngInChromium, 'Chromium 114')

describe('the check for the oldest Electron', () => {
  it('says what came with which version', () => {
    expect(inNode('const signal = AbortSignal.any([])')).toEqual([
      'one.ts: AbortSignal.any came with Node 20; the app must run in Electron 25, which has Node 18.15.',
    ])
    expect(inChromium('const view = <p>{String(AbortSignal.any([]))}</p>')).toEqual([
      'one.tsx: AbortSignal.any came with Chromium 116; the app must run in Electron 25, which has Chromium 114.',
    ])
  })

  it.each([
    ['globalThis.AbortSignal.any([])', 'AbortSignal.any'],
    ["import { crc32 } from 'node:zlib'", "zlib's crc32"],
    ["import { crc32 as sum } from 'node:zlib'", "zlib's crc32"],
    ["import * as zlib from 'node:zlib'\nzlib.crc32('')", "zlib's crc32"],
    ["import zlib from 'node:zlib'\nzlib.crc32('')", "zlib's crc32"],
    ["const file = new File([], 'a') as Blob", 'File'],
    ['const bytes = await (await fetch(url)).bytes()', '.bytes()'],
    ['const bytes = await response?.bytes?.()', '.bytes()'],
    ['const { any } = AbortSignal', 'AbortSignal.any'],
    ['class Held { [Symbol.dispose]() {} }', 'Symbol.dispose'],
  ])('catches %j in Node', (source, name) => {
    expect(inNode(source)).toEqual([expect.stringContaining(`${name} came with Node`)])
  })

  it('lets pass what is named alike, and types', () => {
    const alike = [
      'import type { crc32 } from "node:zlib"',
      'const File = class {}',
      'export type Given = { file: File; bytes: number; any: typeof AbortSignal.any }',
      'export const made = new File()',
      'export const size = (given: Given) => given.bytes',
      '// AbortSignal.any is younger',
      "export const words = 'AbortSignal.any'",
    ]
    expect(inNode(alike.join('\n'))).toEqual([])
  })

  it('sees the modules of both sides, and finds nothing in them', () => {
    const { modules, violations } = checkOldestElectron()
    expect(violations).toEqual([])
    expect(modules).toBeGreaterThan(100)
  })
})
