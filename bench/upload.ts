import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { shortBytes } from '../src-contract/words/human-number.ts'
import { writeLargeModel } from '../src-main/onnx/testing/large-model.ts'
import { type Served, startServe } from '../src-main/serve/testing/start-serve.ts'
import { sized } from './sized.ts'
import { printTable } from './table.ts'

const execute = promisify(execFile)
/** The second is the most that a cabinet takes by default, less what the multipart body adds. */
const sizes = sized([200e6, 2 ** 31 - 1e6], [1e6])
const BOUNDARY = 'bench-upload'

/**
 * A file into the cabinet through the real port, beside `cp` and `sha256sum` of the same bytes in the same run, which is
 * the least that can be done with them: stored durably (`cp` and `sync` of the copy) and hashed. Memory is what `serve` takes at its peak above idle.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-upload-'))
  const rows = [['file', 'upload', 'cp + sync', 'sha256sum', 'upload / (cp + sync + sha256sum)', 'memory above idle']]
  try {
    const served = await startServe('--data', join(folder, 'data'), '--port', '0')
    const file = join(folder, 'large.onnx')
    // The first upload pays for code that is loaded once.
    writeLargeModel(file, { bytes: 1e6, nodes: 100 })
    await upload(served, file)
    for (const [number, bytes] of sizes.entries()) {
      await rm(file)
      writeLargeModel(file, { bytes, nodes: 1000 + number })
      const copy = join(folder, 'copy')
      const copied = await timed(() => execute('sh', ['-c', 'cp "$1" "$2" && sync "$2"', 'sh', file, copy]))
      const hashed = await timed(() => execute('sha256sum', [file]))
      await rm(copy)
      const idle = await residentBytes(served.pid)
      const watch = watchMemory(served.pid)
      const uploaded = await timed(() => upload(served, file))
      const peak = await watch.stop()
      rows.push([
        shortBytes(bytes),
        seconds(uploaded),
        seconds(copied),
        seconds(hashed),
        (uploaded / (copied + hashed)).toFixed(2),
        shortBytes(Math.max(0, peak - idle)),
      ])
    }
    await served.end('SIGTERM')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  printTable(rows)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`

/** As curl does it: a head, the file's bytes, a tail, with a Content-Length. */
async function upload(served: Served, file: string): Promise<void> {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="large.onnx"\r\n\r\n`
  const tail = `\r\n--${BOUNDARY}--\r\n`
  const { size } = await stat(file)
  const sending = request(`${served.url}/functions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${served.token}`,
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      'Content-Length': head.length + size + tail.length,
    },
  })
  const answered = new Promise<string>((resolve, reject) => {
    sending.once('error', reject)
    sending.once('response', (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.once('end', () => (response.statusCode === 200 ? resolve(body) : reject(new Error(body))))
    })
  })
  async function* body() {
    yield head
    yield* createReadStream(file, { highWaterMark: 1024 * 1024 })
    yield tail
  }
  await Promise.all([pipeline(body, sending), answered])
}

/** Bytes in memory, from the Linux kernel's own account. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024
}

function watchMemory(pid: number) {
  let peak = 0
  const look = async () => {
    peak = Math.max(peak, await residentBytes(pid))
  }
  const timer = setInterval(look, 20)
  return {
    async stop(): Promise<number> {
      clearInterval(timer)
      await look()
      return peak
    },
  }
}
