import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type DownloadOptions, download } from './download.ts'
import { reachPublic } from './guarded-lookup.ts'
import { nextUrl } from './open-url.ts'
import { bytes, plainOptions, send, sha256 } from './testing/plain-download.ts'
import { serve } from './testing/serve.ts'

// Where a download may lead: redirects, and addresses inside.

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cabinet-download-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const fetchFrom = (url: URL, options: Partial<DownloadOptions> = {}) =>
  download(url, { ...plainOptions(directory), ...options })

test('redirects in a circle, and more than five of them, are refused', async () => {
  await using server = await serve(({ url = '' }, response) => {
    const next = url === '/a' ? '/b' : url === '/b' ? '/a' : `/${Number(url.slice(1)) + 1}`
    response.writeHead(302, { Location: next }).end()
  })
  await expect(fetchFrom(server.url('/a'))).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('loop'),
  })
  expect(server.requests).toHaveLength(2)
  await expect(fetchFrom(server.url('/1'))).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('5'),
  })
  expect(server.requests).toHaveLength(2 + 6)
})

test('five redirects are followed; secrets go to the first origin only', async () => {
  await using target = await serve((_, response) => send(response, bytes))
  await using server = await serve(({ url = '' }, response) => {
    const step = Number(url.slice(1))
    response.writeHead(307, { Location: step < 5 ? `/${step + 1}` : target.url('/m.onnx').href }).end()
  })
  const done = await fetchFrom(server.url('/1'), { secretHeaders: { 'x-api-key': 'ei_secret' } })
  expect(done).toMatchObject({ file: { sha256 } })
  expect(server.requests.map(({ headers }) => headers['x-api-key'])).toEqual(Array(5).fill('ei_secret'))
  expect(target.requests[0]?.headers['x-api-key']).toBeUndefined()
})

test('redirects never lead from https to http, to other schemes, or on with a password', () => {
  const from = new URL('https://models.example/a')
  expect(() => nextUrl(from, 'http://models.example/b')).toThrow('https to http')
  expect(() => nextUrl(from, undefined)).toThrow('an invalid URL')
  expect(() => nextUrl(from, 'https://')).toThrow('an invalid URL')
  expect(nextUrl(from, '//u:p@other.example/b').href).toBe('https://other.example/b')
})

test.each(['file:///etc/passwd', 'ftp://127.0.0.1/m', 'data:,x'])('a redirect to %s is refused', async (location) => {
  await using server = await serve((_, response) => response.writeHead(302, { Location: location }).end())
  await expect(fetchFrom(server.url('/'))).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('http'),
  })
})

test.each(['127.0.0.1', '127.1', '2130706433', '0x7f000001', '[::1]', '[::ffff:127.0.0.1]', 'localhost'])(
  'this machine is not reached as %s',
  async (host) => {
    await using server = await serve((_, response) => send(response, bytes))
    await expect(fetchFrom(new URL(`http://${host}:${server.port}/`), { reach: reachPublic })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('private network'),
    })
    expect(server.requests).toEqual([])
  },
)

// The servers of these tests stand for the open internet.
const reachTests = (address: string) => address === '127.0.0.1' || reachPublic(address)

test.each([
  'http://10.0.0.1/',
  'http://127.0.0.2/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[::1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://inner.example/',
  'http://[fd00::1]/',
  'http://[fe80::1]/',
])('no redirect leads inside to %s (CVE-2026-5530)', async (location) => {
  await using server = await serve((_, response) => response.writeHead(302, { Location: location }).end())
  const resolve = vi.fn((_: string, answer: (error: null, addresses: { address: string; family: number }[]) => void) =>
    answer(null, [{ address: '192.168.1.1', family: 4 }]),
  )
  await expect(fetchFrom(server.url('/'), { reach: reachTests, resolve })).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('private network'),
  })
})

test('a name is held against the rule at the moment of connecting, so that one that changes its address does not pass', async () => {
  await using server = await serve((_, response) => response.writeHead(302, { Location: '/again' }).end())
  const answers = ['127.0.0.1', '10.0.0.1']
  await expect(
    fetchFrom(new URL(`http://rebinding.example:${server.port}/`), {
      reach: reachTests,
      resolve: (_, answer) => answer(null, [{ address: answers.shift() ?? '', family: 4 }]),
    }),
  ).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('private network') })
  expect(server.requests).toHaveLength(1)
  expect(answers).toEqual([])
})

test('a name with an inner and an outer address is reached at the outer one', async () => {
  await using server = await serve((_, response) => send(response, bytes))
  const done = await fetchFrom(new URL(`http://mixed.example:${server.port}/`), {
    reach: reachTests,
    resolve: (_, answer) =>
      answer(null, [
        { address: '10.0.0.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]),
  })
  expect(done).toMatchObject({ file: { sha256 } })
})
