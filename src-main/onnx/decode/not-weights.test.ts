import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { presentIfLongEnough } from './external-data.ts'

const folder = mkdtempSync(join(tmpdir(), 'weights-'))
afterAll(() => rmSync(folder, { recursive: true }))

function messageOf(content: string | Uint8Array, needed: number): string {
  const path = join(folder, 'w.data')
  writeFileSync(path, content)
  return presentIfLongEnough('w.data', Buffer.from(content).length, needed, path).Message
}

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 1024\n`
const page = `<!DOCTYPE html><html>${'<p>Sign in to continue.</p>'.repeat(100)}`

describe('a file in the place of weights', () => {
  it.each([
    [
      'a Git LFS pointer, too short',
      pointer,
      1024,
      /^w\.data is a Git LFS pointer, and the file itself was not downloaded; /,
    ],
    ['a Git LFS pointer, long enough', pointer, 64, /Git LFS pointer/],
    ['a web page, long enough', page, 1024, /web page/],
    ['an error in JSON', '{"error":"Entry not found"}', 1024, /looks like a JSON file/],
    ['other bytes, too short', Buffer.alloc(12, 0xa5), 1024, /has 12 bytes, and the model needs 1,024\./],
  ])('is named: %s', (_, content, needed, message) => expect(messageOf(content, needed)).toMatch(message))

  it.each([
    ['any bytes', Buffer.alloc(2048, 0xa5)],
    ['weights that happen to be text', 'a'.repeat(2048)],
    ['zeros', Buffer.alloc(2048)],
  ])('is weights: %s', (_, content) => expect(messageOf(content, 2048)).toBe(''))
})
