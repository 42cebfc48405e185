import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rendererFile } from './renderer-files.ts'

let outside = ''
let root = ''

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'renderer-files-'))
  root = join(outside, 'renderer')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(outside, 'secret.txt'), 'secret')
  await writeFile(
    join(root, 'index.html'),
    '<meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__">',
  )
  await writeFile(join(root, 'assets', 'main-1a2b.js'), 'run()')
  await writeFile(join(root, '.hidden.txt'), 'hidden')
})
afterAll(() => rm(outside, { recursive: true }))

it.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '//etc/passwd.txt',
  '/C:%5Cwindows.txt',
  '/%',
  '/%00.txt',
  '/.hidden.txt',
  '/assets',
  '/missing.js',
])('serves nothing for %s', async (path) => {
  expect(await rendererFile(root, path)).toBeUndefined()
})

it('serves the page with a nonce that its policy names, another one each time', async () => {
  const nonces = new Set<string>()
  for (const path of ['/', '/index.html']) {
    const file = await rendererFile(root, path)
    const page = file?.body.toString() ?? ''
    const [, nonce = 'none'] = /nonce="([^"]+)"/.exec(page) ?? []
    expect(page).not.toContain('__CSP_NONCE__')
    expect(file?.headers['Content-Security-Policy']).toContain(`'nonce-${nonce}'`)
    expect(file?.headers['Content-Security-Policy']).not.toMatch(/unsafe|\*|https?:/)
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(2)
})

it('serves a file with its type, to be kept since its name follows its content', async () => {
  const file = await rendererFile(root, '/assets/main-1a2b.js')
  expect(file?.body.toString()).toBe('run()')
  expect(file?.headers['Content-Type']).toBe('text/javascript; charset=utf-8')
  expect(file?.headers['Cache-Control']).toContain('immutable')
})
