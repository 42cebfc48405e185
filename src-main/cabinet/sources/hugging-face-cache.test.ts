import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { huggingFaceCache } from './hugging-face-cache.ts'

const folder = mkdtempSync(join(tmpdir(), 'hugging-face-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the cache is where the variables of Hugging Face say, the exact one first, and null where there is no folder', () => {
  expect(huggingFaceCache({ HF_HOME: folder })).toBeNull()
  mkdirSync(join(folder, 'hub'))
  mkdirSync(join(folder, 'huggingface/hub'), { recursive: true })
  mkdirSync(join(folder, 'exact'))
  expect(huggingFaceCache({ XDG_CACHE_HOME: folder })).toBe(join(folder, 'huggingface/hub'))
  expect(huggingFaceCache({ HF_HOME: folder, XDG_CACHE_HOME: folder })).toBe(join(folder, 'hub'))
  expect(huggingFaceCache({ HF_HUB_CACHE: join(folder, 'exact'), HF_HOME: folder })).toBe(join(folder, 'exact'))
})
