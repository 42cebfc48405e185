import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withForm } from '../api/testing/test-api.ts'
import { modelBytes } from '../cabinet/testing/test-cabinet.ts'
import { startServeWith } from './testing/start-serve.ts'

// Protects a cabinet where the system gives it few files: it says that it cannot now, and can again as soon as it has some.

const FEW = 64

it.skipIf(process.platform === 'win32')('works with 64 open files, and says so while they are all in use', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'descriptors-'))
  const served = await startServeWith({ descriptors: FEW }, '--data', directory, '--port', '0')
  const sockets: Socket[] = []
  const upload = (seed: number) =>
    served.fetch('/functions', withForm('POST', { file: { bytes: new Uint8Array(modelBytes(seed)), name: 'm.onnx' } }))
  try {
    expect((await upload(1)).status).toBe(200)
    expect((await served.fetch('/functions')).status).toBe(200)
    const { port } = new URL(served.url)
    for (let count = 0; count < FEW; count++) {
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('error', () => {})
      sockets.push(socket)
      await once(socket, 'connect')
    }
    // Over a connection that is open already.
    for (let seed = 2; seed < 12; seed++) {
      const answer = await upload(seed).catch(() => undefined)
      if (answer) expect([200, 503]).toContain(answer.status)
    }
    for (const socket of sockets) socket.destroy()
    await expect
      .poll(() =>
        upload(20).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200)
    expect((await served.fetch('/functions')).status).toBe(200)
  } finally {
    await served.end('SIGKILL')
    await rm(directory, { recursive: true, force: true })
  }
})
