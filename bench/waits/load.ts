import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { convolutionModel } from '../../src-main/onnx/testing/feature-models.ts'
import { buildModel } from '../../src-main/onnx/testing/model-builder.ts'

// `load.ts KIND URL TOKEN DATA`: asks for much until its input ends; says "begun" once it does, and what it did at the end.

const [kind, url = '', token = '', data = ''] = process.argv.slice(2)
const headers = { Authorization: `Bearer ${token}` }
let ended = false
process.stdin.once('end', () => {
  ended = true
})
process.stdin.resume()

const begun = () => process.stdout.write('begun\n')

const loads: Record<string, () => Promise<string>> = {
  /** A program holds the database, and a change waits for it. */
  async lock() {
    const database = new Database(join(data, 'cabinet.db'))
    const list = await (await fetch(`${url}/functions?Limit=1`, { headers })).json()
    const [one] = z.array(z.object({ UUID: z.string(), Name: z.string() })).parse(list)
    const answers: number[] = []
    database.exec('BEGIN IMMEDIATE')
    begun()
    while (!ended) {
      const { status } = await fetch(`${url}/function/${one?.UUID}`, {
        method: 'PATCH',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({ Name: one?.Name }),
      })
      answers.push(status)
    }
    database.exec('ROLLBACK')
    return `changes were answered with ${answers.join(', ')}`
  },

  /** Bodies past the limit, and such of nobody. */
  async refused() {
    let count = 0
    begun()
    const chunk = Buffer.alloc(1 << 20)
    async function refuse(token: string) {
      while (!ended) {
        const sending = request(`${url}/functions`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${token}`,
            'Content-Type': 'multipart/form-data; boundary=x',
            'Content-Length': 3 * 2 ** 30,
          },
        })
        sending.on('error', () => {})
        const over = Promise.race([once(sending, 'response').catch(() => {}), once(sending, 'close')])
        let answered = false
        void over.then(() => {
          answered = true
        })
        while (!answered && !sending.destroyed) {
          if (!sending.write(chunk)) await Promise.race([once(sending, 'drain').catch(() => {}), over])
        }
        sending.destroy()
        count += 1
      }
    }
    await Promise.all([refuse(token), refuse('wrong')])
    return `${count} refused`
  },

  /** 16 readers of all functions, each of which takes 16 kB every 50 ms. */
  async lists() {
    let bytes = 0
    begun()
    const { hostname, port } = new URL(url)
    async function readSlowly() {
      while (!ended) {
        const socket = connect({ host: hostname, port: Number(port) })
        socket.on('error', () => {})
        const path = `${new URL(url).pathname.replace(/\/$/, '')}/functions`
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
        )
        socket.pause()
        let closed = false
        socket.once('close', () => {
          closed = true
        })
        while (!ended && !closed) {
          await new Promise((resolve) => setTimeout(resolve, 50))
          bytes += (socket.read(16_384) ?? socket.read() ?? []).length
        }
        socket.destroy()
      }
    }
    await Promise.all(Array.from({ length: 16 }, readSlowly))
    return `${bytes} bytes read`
  },

  async uploads() {
    let count = 0
    begun()
    async function upload(script: number) {
      for (let number = 0; !ended; number++) {
        const form = new FormData()
        const bytes = buildModel({ ...convolutionModel, documentation: `script ${script}, model ${number}` })
        form.set('file', new Blob([new Uint8Array(bytes)]), 'net.onnx')
        const answer = await fetch(`${url}/functions`, { method: 'POST', headers, body: form }).catch((error) => {
          console.log(String(error.cause))
          return Response.error()
        })
        await answer.arrayBuffer()
        if (answer.ok) count += 1
      }
    }
    await Promise.all(Array.from({ length: 16 }, (_, script) => upload(script)))
    return `${count} uploaded`
  },
}

console.log(await loads[kind ?? '']?.())
process.exit()
