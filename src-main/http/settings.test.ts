import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Settings } from '../../src-contract/contract/admin/settings.ts'
import { withForm, withJson } from '../api/testing/test-api.ts'
import { modelBytes } from '../cabinet/testing/test-cabinet.ts'
import { openTestPort, sessionOf, type TestPort } from './testing/test-port.ts'

// Protects a person's settings over the API: in effect at once and after a restart, refused in words, and never half.

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function open(...options: Parameters<typeof openTestPort>): Promise<TestPort> {
  const port = await openTestPort(...options)
  closing.push(() => port.remove())
  return port
}

/** As an ordinary start does, which no switch holds to a port. */
const openFree = () => open({}, '/nowhere', { port: undefined })

const change = async (port: TestPort, edit: unknown) => {
  const response = await port.fetch('/admin/settings', withJson('PATCH', edit))
  return { status: response.status, body: z.looseObject({}).parse(await response.json()) }
}
const settings = async (port: TestPort) => Settings.parse(await (await port.fetch('/admin/settings')).json())

/** A site that counts who asks. */
async function startSite(): Promise<{ url: string; port: number; asked: () => number }> {
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.end(modelBytes(1))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => server.close())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/model.onnx`, port, asked: () => asked }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

describe('the settings', () => {
  it.each([
    [{ AllowedOrigins: ['http://*:8888'] }, 'AllowedOrigins.0', 'exact origins'],
    [{ AllowedOrigins: ['http://localhost:8888/'] }, 'AllowedOrigins.0', 'exact origins'],
    [{ AllowedOrigins: ['null'] }, 'AllowedOrigins.0', 'exact origins'],
    [{ AllowedHosts: ['*.example.com:80'] }, 'AllowedHosts.0', 'exact hosts'],
    [{ Proxy: 'socks5://p:1' }, 'Proxy', 'http or https'],
    [{ Proxy: 'http://me:word@p:1' }, 'Proxy', 'name or password'],
    [{ MaxUploadSize: 10 }, 'MaxUploadSize', 'must be at least 1 MB'],
    [{ MaxUploadSize: '1 GB' }, 'MaxUploadSize', 'must be a number'],
    [{ MaxUploadSize: null }, 'MaxUploadSize', 'must be a number'],
    [{ NetworkLinks: 'some' }, 'NetworkLinks', 'must be one of off, public, any'],
    [{ Port: 80 }, 'Port', 'must be a number from 1024 to 65535'],
    [{ Port: 70_000, NetworkLinks: 'off' }, 'Port', 'must be a number from 1024 to 65535'],
    [{ Colour: 'teal' }, 'Colour', 'Unknown parameter or key'],
  ])('refuse %j, and stay as they are', async (edit, field, sentence) => {
    const port = await openFree()
    const before = await settings(port)
    const answer = await change(port, edit)
    expect(answer).toMatchObject({ status: 422, body: { Field: { Name: field } } })
    expect(answer.body.Message).toContain(sentence)
    expect(await settings(port)).toEqual(before)
    expect(existsSync(join(port.directory, 'settings.json'))).toBe(false)
  })

  it('are not for those who may only write', async () => {
    const port = await openFree()
    const init = withJson('PATCH', { NetworkLinks: 'any' })
    expect((await port.ask('/admin/settings', init, { name: 'Bob', scope: 'write' })).status).toBe(403)
  })

  it('hold after a restart, and say in the audit log what they were', async () => {
    const port = await openFree()
    const edit = { MaxUploadSize: 5_000_000, NetworkLinks: 'off' as const }
    expect(await change(port, { ...(await settings(port)), ...edit })).toMatchObject({ status: 200, body: edit })
    expect(port.cabinet.events.audit({ limit: 1 })).toMatchObject([
      {
        Kind: 'settings.changed',
        Summary: 'Changed the largest file and network links in the settings',
        Change: [
          { Field: 'MaxUploadSize', Before: 2 ** 31, After: 5_000_000 },
          { Field: 'NetworkLinks', Before: 'public', After: 'off' },
        ],
      },
    ])
    expect((await port.reopen()).settings.current()).toMatchObject(edit)
  })

  it('keep both of two changes that come at once', async () => {
    const port = await openFree()
    await Promise.all([change(port, { MaxUploadSize: 5_000_000 }), change(port, { NetworkLinks: 'any' })])
    expect((await port.reopen()).settings.current()).toMatchObject({ MaxUploadSize: 5_000_000, NetworkLinks: 'any' })
  })

  it('that a switch has fixed cannot be changed, and say by which', async () => {
    const port = await open({ fixed: { maxUploadSize: 4_000_000, networkLinks: 'any', port: 9_999 } })
    expect(await settings(port)).toMatchObject({
      MaxUploadSize: 4_000_000,
      Port: 9_999,
      NetworkLinks: 'any',
      Fixed: [
        { Name: 'MaxUploadSize', Switch: '--max-upload' },
        { Name: 'NetworkLinks', Switch: '--private-links' },
        { Name: 'Port', Switch: '--port' },
      ],
    })
    const refused = await change(port, { MaxUploadSize: 5_000_000 })
    expect(refused).toMatchObject({ status: 409, body: { Field: { Name: 'MaxUploadSize' } } })
    expect(refused.body.Message).toContain('--max-upload fixes the largest file')
    // Read, changed and sent back: what is as it was is no change.
    expect((await change(port, await settings(port))).status).toBe(200)
  })

  it('are the usual ones where the file is damaged, and say so', async () => {
    const port = await openFree()
    await mkdir(join(port.directory, 'settings.json'))
    const { current } = (await port.reopen()).settings
    expect(current()).toMatchObject({ MaxUploadSize: 2 ** 31, Warnings: [expect.stringContaining('settings.json')] })
  })
})

it('the largest file is in effect at once', async () => {
  const port = await openFree()
  const upload = () =>
    port.fetch('/functions', withForm('POST', { file: { bytes: new Uint8Array(1_500_000), name: 'm.onnx' } }))
  expect((await upload()).status).toBe(422)
  await change(port, { MaxUploadSize: 1_000_000 })
  expect((await upload()).status).toBe(413)
  expect(await (await port.fetch('/configuration')).json()).toMatchObject({ MaxUploadSize: 1_000_000 })
})

describe('network links', () => {
  const link = (port: TestPort, url: string) =>
    port.fetch('/functions/link', withJson('POST', { Url: url })).then(async (response) => ({
      status: response.status,
      body: z.looseObject({ UUID: z.string().optional(), Message: z.string().optional() }).parse(await response.json()),
    }))

  it('that are off are refused, and nothing is asked of anybody', async () => {
    const [port, site] = [await openFree(), await startSite()]
    await change(port, { NetworkLinks: 'off' })
    const { status, body } = await link(port, site.url)
    expect({ status, message: body.Message }).toEqual({
      status: 403,
      message: 'Network links are turned off in Settings.',
    })
    expect(site.asked()).toBe(0)
  })

  it('reach private places when that is allowed, and no more when it is not', async () => {
    const [port, site] = [await openFree(), await startSite()]
    const fetched = async (url: string) => {
      const { body } = await link(port, url)
      const status = async () => {
        const answer = await port.ask(`/function/${body.UUID}`)
        return answer.status === 404 ? 'gone' : z.looseObject({ Status: z.string() }).parse(answer.body).Status
      }
      await expect.poll(status).toMatch(/^(ok|error|gone)$/)
      return status()
    }
    // A link that can never work leaves no model behind.
    expect(await fetched(site.url)).toBe('gone')
    expect(site.asked()).toBe(0)
    await change(port, { NetworkLinks: 'any' })
    expect(await fetched(site.url)).toBe('ok')
    await change(port, { NetworkLinks: 'public' })
    expect(await fetched(site.url)).toBe('gone')
    expect(site.asked()).toBe(1)
  })
})

describe('the port', () => {
  it('moves at once: the new one answers, the old one is given back, and scripts find it', async () => {
    const port = await openFree()
    const before = port.opened.url
    const next = await freePort()
    const answer = await change(port, { Port: next })
    const url = `http://127.0.0.1:${next}`
    expect(answer).toMatchObject({ status: 200, body: { Port: next, Url: url } })
    expect(port.opened.url).toBe(url)
    expect((await port.fetch('/functions')).status).toBe(200)
    expect(JSON.parse(await readFile(join(port.directory, 'endpoint.json'), 'utf8'))).toMatchObject({ url })
    await expect.poll(() => fetch(`${before}/status`).catch(() => 'gone')).toBe('gone')
  })

  it('stays where another program has the one that was asked for', async () => {
    const [port, site] = [await openFree(), await startSite()]
    const before = await settings(port)
    const answer = await change(port, { Port: site.port, NetworkLinks: 'off' })
    expect(answer).toEqual({
      status: 409,
      body: {
        Message: `Port ${site.port} is in use by another program. Choose another port.`,
        Field: { Name: 'Port', Message: `Port ${site.port} is in use by another program. Choose another port.` },
      },
    })
    expect(await settings(port)).toEqual(before)
    expect(existsSync(join(port.directory, 'settings.json'))).toBe(false)
  })

  it('keeps a browser signed in', async () => {
    const port = await openFree()
    const signedIn = await fetch(port.opened.signInUrl, { redirect: 'manual' })
    const headers = sessionOf(signedIn)
    await change(port, { Port: await freePort() })
    expect((await fetch(`${port.opened.url}/catalogues`, { headers })).status).toBe(200)
    expect((await fetch(`${port.opened.url}/catalogues`)).status).toBe(401)
  })
})
