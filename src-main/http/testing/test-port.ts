import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { SESSION_KEY_HEADER } from '../../../src-contract/util/session-key.ts'
import { openTestApi, type TestApi } from '../../api/testing/test-api.ts'
import type { CabinetSettings } from '../../cabinet/open-cabinet.ts'
import { type OpenPort, openPort } from '../open-port.ts'

/** A real cabinet behind a real port of this machine. */
export type TestPort = TestApi & {
  opened: OpenPort
  token: string
  /** Links that were told after a browser signed in. */
  nextLinks: string[]
  /** Asks with the first token. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Sends bytes as they are, with the token's header where `TOKEN` stands, and gives all that comes back. */
  exchange(text: string | Uint8Array, options?: { keepOpen?: boolean }): Promise<string>
  /** What lies on disk, and how much the database knows: the same before and after a request that was refused. */
  state(): Promise<unknown>
}

/** `start`: what a switch names; a free port unless told. */
export async function openTestPort(
  settings: CabinetSettings = {},
  rendererFolder = '/nowhere',
  start: { port: number | undefined } = { port: 0 },
): Promise<TestPort> {
  const test = await openTestApi(settings)
  const { cabinet } = test
  const nextLinks: string[] = []
  const opened = await openPort({
    cabinet,
    api: test.app,
    host: '127.0.0.1',
    ...start,
    rendererFolder,
    version: '0.0.0',
    onSignedIn: (link) => nextLinks.push(link),
    onMoved() {},
  })
  const token = cabinet.tokens.create({ name: 'test', scope: 'admin' }, { Name: 'test', Scope: 'admin' }).Secret
  return {
    ...test,
    opened,
    token,
    nextLinks,
    fetch: (path, init = {}) =>
      fetch(opened.url + path, { ...init, headers: { Authorization: `Bearer ${token}`, ...init.headers } }),
    exchange: (text, options) => exchange(opened.port, text, options),
    async state() {
      const names = await readdir(cabinet.dataDirectory, { recursive: true })
      const { NumberOfEvents, Total } = await cabinet.statistics({})
      const kept = names.filter((name) => /^(?:files|incoming|trash|work)[/\\]/.test(name)).sort()
      return {
        NumberOfEvents,
        Total,
        kept: kept.map((name) => join(name)),
        catalogues: cabinet.catalogues.list().length,
      }
    },
    async remove() {
      await opened.close()
      await test.remove()
    },
  }
}

function exchange(port: number, text: string | Uint8Array, { keepOpen = false } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => {
      if (keepOpen) socket.write(text)
      else socket.end(text)
    })
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

/** What a browser sends once it has followed a sign-in link. */
export function sessionOf({ headers }: Response): { Cookie: string; [SESSION_KEY_HEADER]: string } {
  const key = /^\/#key=([\w-]{43})$/.exec(headers.get('location') ?? '')?.[1]
  const Cookie = headers.get('set-cookie')?.split(';')[0]
  if (key === undefined || Cookie === undefined) throw new Error('The link did not sign in.')
  return { Cookie, [SESSION_KEY_HEADER]: key }
}
