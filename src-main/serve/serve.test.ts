import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FunctionDetail } from '../../src-contract/contract/functions/function.ts'
import { withForm } from '../api/testing/test-api.ts'
import { modelBytes } from '../cabinet/testing/test-cabinet.ts'
import { isRunning } from '../processes/testing/is-running.ts'
import { runServe, type Served, startServe, startServeWith } from './testing/start-serve.ts'

// Protects scripts that start the cabinet: what they read on standard output, how it ends, and that nothing is lost by it.

let directory: string
const running: Served[] = []
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'serve-'))
})
afterEach(async () => {
  for (const served of running.splice(0)) {
    if (served.child.exitCode === null && served.child.signalCode === null) await served.end('SIGKILL')
  }
  await rm(directory, { recursive: true, force: true })
})

async function start(...args: string[]): Promise<Served> {
  const served = await startServe('--data', directory, '--port', '0', ...args)
  running.push(served)
  return served
}

/** The process that has the data folder open. */
const holder = async () => Number(await readFile(join(directory, 'lock.pid'), 'utf8'))
const upload = () => withForm('POST', { file: { bytes: new Uint8Array(modelBytes()), name: 'model.onnx' } })

describe('serve', () => {
  it('says in one line where it is, and writes it down for scripts', async () => {
    const served = await start()
    expect((await fetch(`${served.url}/status`)).status).toBe(200)
    expect((await served.fetch('/functions')).status).toBe(200)
    expect(served.output().stdout).toMatch(/^\{"url":[^\n]*\}\n$/)
    expect(served).toMatchObject({ dataDir: directory, tokenFile: join(directory, 'token'), pid: served.child.pid })
    const endpoint: unknown = JSON.parse(await readFile(join(directory, 'endpoint.json'), 'utf8'))
    expect(endpoint).toEqual({ url: served.url, pid: await holder(), version: expect.any(String) })
    expect(JSON.stringify(endpoint)).not.toContain(served.token)
    await served.end('SIGTERM')
    expect(served.output().stdout.split('\n')).toHaveLength(2)
    expect(served.output().stdout + served.output().stderr).not.toContain(served.token)
  })

  it('takes a relative folder from where npm was called', async () => {
    const environment = { npm_lifecycle_event: 'serve', INIT_CWD: directory }
    const served = await startServeWith({ environment }, '--data', 'here', '--port', '0')
    running.push(served)
    expect(served.dataDir).toBe(join(directory, 'here'))
  })

  it.skipIf(process.platform === 'win32')('makes nothing that another account can read', async () => {
    await chmod(directory, 0o755)
    const served = await start()
    expect((await served.fetch('/functions', upload())).status).toBe(200)
    const entries = await readdir(directory, { recursive: true, withFileTypes: true })
    const paths = [directory, ...entries.map(({ parentPath, name }) => join(parentPath, name))]
    const open = await Promise.all(paths.map(async (path) => ((await stat(path)).mode & 0o077 ? [path] : [])))
    expect(entries.map(({ name }) => name)).toContain('cabinet.db-wal')
    expect(open.flat()).toEqual([])
  })

  it.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends in order on %s although an upload and a stream of events are under way',
    async (signal) => {
      const served = await start()
      const { port } = new URL(served.url)
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('error', () => {})
      socket.write(
        `POST /functions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${served.token}\r\n` +
          'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n' +
          '--b\r\nContent-Disposition: form-data; name="file"; filename="m.onnx"\r\n\r\nhalf',
      )
      await expect.poll(() => readdir(join(directory, 'incoming'))).toHaveLength(1)
      const events = await served.fetch('/events')
      expect(events.status).toBe(200)
      expect(await served.end(signal)).toEqual({ code: 0, signal: null })
      await events.body?.cancel().catch(() => {})
      expect(await readdir(join(directory, 'incoming'))).toEqual([])
      expect(existsSync(join(directory, 'endpoint.json'))).toBe(false)
      expect(existsSync(join(directory, 'cabinet.db-wal'))).toBe(false)
    },
  )

  it('leaves no child behind, and has everything again after a restart', async () => {
    const first = await start()
    const made = FunctionDetail.parse(await (await first.fetch('/functions', upload())).json())
    const cabinet = await holder()
    await first.end('SIGTERM')
    await expect.poll(() => isRunning(cabinet)).toBe(false)
    const second = await start()
    expect(await (await second.fetch(`/function/${made.UUID}`)).json()).toMatchObject({
      UUID: made.UUID,
      Name: 'model',
    })
    expect(second.token).toBe(first.token)
  })

  it('refuses a data folder that another one has open, in a sentence that names it', async () => {
    const served = await start()
    const { code, stdout, stderr } = await runServe('--data', directory, '--port', '0')
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(String(await holder()))
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect((await served.fetch('/functions')).status).toBe(200)
  })

  it('refuses a port that is taken, and frees the data folder again', async () => {
    const other = createServer()
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    const { code, stderr } = await runServe('--data', directory, '--port', String(port))
    other.close()
    expect(code).toBe(1)
    expect(stderr).toContain(`Port ${port} is in use`)
    expect((await start()).url).toContain('127.0.0.1')
  })

  it.each([
    [['--host', '0.0.0.0'], 'this computer only'],
    [['--port', 'x'], '0 to 65535'],
    [['--wrong'], 'unknown option'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await runServe('--data', directory, ...args)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it.each(['key', 'lock.pid', 'endpoint.json'])(
    'says in one sentence that %s in its folder cannot be used',
    async (name) => {
      await mkdir(join(directory, name))
      const { code, stderr } = await runServe('--data', directory, '--port', '0')
      expect(code).toBe(1)
      expect(stderr).toMatch(/^The data folder .* cannot be used: E[A-Z]+: .*\n$/)
      expect(stderr).toContain(directory)
    },
  )

  it('takes the limit for uploads', async () => {
    const served = await start('--max-upload', '10')
    expect((await served.fetch('/functions', upload())).status).toBe(413)
    expect(await (await served.fetch('/configuration')).json()).toMatchObject({ MaxUploadSize: 10 })
  })
})
