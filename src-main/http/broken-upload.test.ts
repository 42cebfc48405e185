import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { modelBytes } from '../cabinet/testing/test-cabinet.ts'
import { openTestPort, type TestPort } from './testing/test-port.ts'

// Protects the disk and the database from uploads that end badly: whatever was received is gone again, and only it.

let port: TestPort
let before: unknown
beforeAll(async () => {
  port = await openTestPort({ timeLimit: (stated) => Math.max(stated, 5_000) })
})
afterAll(() => port.remove())
beforeEach(async () => {
  before = await port.state()
})
afterEach(async () => {
  await expect.poll(() => port.state()).toEqual(before)
  expect((await fetch(`${port.opened.url}/status`)).status).toBe(200)
  expect(port.unexpected).toEqual([])
})

const model = Buffer.from(modelBytes())
const opening = '--b\r\nContent-Disposition: form-data; name="file"; filename="m.onnx"\r\n\r\n'
const closing = '\r\n--b--\r\n'

function head(extra: string): string {
  return (
    `POST /functions HTTP/1.1\r\nHost: 127.0.0.1:${port.opened.port}\r\nAuthorization: Bearer ${port.token}\r\n` +
    `Content-Type: multipart/form-data; boundary=b\r\n${extra}\r\n\r\n`
  )
}

const bytes = (...pieces: (string | Uint8Array)[]) => Buffer.concat(pieces.map((piece) => Buffer.from(piece)))
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
const messageOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))

describe('an upload', () => {
  it.each([0.1, 0.5, 0.9])('whose client goes away after %f of the file leaves nothing', async (share) => {
    const socket = connect(port.opened.port, '127.0.0.1')
    const file = Buffer.concat([model, Buffer.alloc(2_000_000)])
    socket.write(bytes(head(`Content-Length: ${file.length + 1000}`), opening, file.subarray(0, file.length * share)))
    // The file must be under way before the client goes.
    await expect.poll(async () => JSON.stringify(await port.state())).toContain('incoming')
    socket.resetAndDestroy()
    await new Promise((resolve) => socket.once('close', resolve))
  })

  it('with a Content-Length that is too long is answered with 400 when the client stops sending', async () => {
    const body = bytes(opening, model, closing)
    const answer = await port.exchange(bytes(head(`Content-Length: ${body.length + 50}`), body))
    expect(statusOf(answer)).toBe(400)
    expect(messageOf(answer)).toMatchObject({ Message: expect.stringContaining('Nothing was changed') })
  })

  it('with a Content-Length that is too short is answered with 400', async () => {
    const body = bytes(opening, model, closing)
    const answer = await port.exchange(bytes(head(`Content-Length: ${body.length - 30}`), body))
    expect(statusOf(answer)).toBe(400)
  })

  it('with a Content-Length far over the limit is refused before a byte of it', async () => {
    const answer = await port.exchange(head(`Content-Length: ${2 ** 40}`))
    expect(statusOf(answer)).toBe(413)
  })

  it('with broken chunks is answered with 400', async () => {
    const chunk = bytes(opening, model)
    const answer = await port.exchange(
      bytes(head('Transfer-Encoding: chunked'), `${chunk.length.toString(16)}\r\n`, chunk, '\r\nnonsense\r\n'),
      { keepOpen: true },
    )
    expect(statusOf(answer)).toBe(400)
  })

  it('with chunks that end early is answered with 400', async () => {
    const chunk = bytes(opening, model)
    const answer = await port.exchange(
      bytes(
        head('Transfer-Encoding: chunked\r\nConnection: close'),
        `${chunk.length.toString(16)}\r\n`,
        chunk,
        '\r\n0\r\n\r\n',
      ),
      { keepOpen: true },
    )
    expect(statusOf(answer)).toBe(400)
  })

  it('of which a hundred are cut at once leaves nothing, and the next one works', async () => {
    const sockets = Array.from({ length: 100 }, () => {
      const socket = connect(port.opened.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(bytes(head('Content-Length: 9000000'), opening, model))
      return socket
    })
    await expect.poll(async () => JSON.stringify(await port.state())).toContain('incoming')
    await Promise.all(
      sockets.map((socket) => {
        socket.destroy()
        return new Promise((resolve) => socket.once('close', resolve))
      }),
    )
    const answer = await port.exchange(
      bytes(head(`Connection: close\r\nContent-Length: ${bytes(opening, closing).length}`), opening, closing),
      { keepOpen: true },
    )
    expect(statusOf(answer)).toBe(422)
  })
})

describe('a slow client', () => {
  it('that sends its JSON a byte at a time is stopped when the time of the operation is over', async () => {
    const started = port.exchange(
      `POST /catalogues HTTP/1.1\r\nHost: 127.0.0.1:${port.opened.port}\r\nAuthorization: Bearer ${port.token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"Name"',
      { keepOpen: true },
    )
    // Others are not held up by it.
    expect((await port.fetch('/catalogues')).status).toBe(200)
    const answer = await started
    expect(statusOf(answer)).toBe(504)
    expect(answer).toContain('Stopped after 5 seconds')
  })
})
