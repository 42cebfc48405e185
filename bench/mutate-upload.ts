import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groupedNumber, shortBytes } from '../src-contract/words/human-number.ts'
import { addModel, convolutionModel, everythingModel } from '../src-main/onnx/testing/feature-models.ts'
import { hostileZips } from '../src-main/onnx/testing/hostile-zips.ts'
import { buildModel } from '../src-main/onnx/testing/model-builder.ts'
import { mutate, seededRandom } from '../src-main/onnx/testing/mutate.ts'
import { type Served, startServe } from '../src-main/serve/testing/start-serve.ts'
import { isTiny, sized } from './sized.ts'

/** `MUTATIONS` and `SEED` in the environment ask for others. */
const mutations = Number(process.env.MUTATIONS ?? sized(5_000, 100))
const realOneIn = 50
/** How often memory is looked at, at least; and after how many uploads the run says where it is. */
const reports = 10
const progressEvery = 10_000
/** Milliseconds that an upload may take, and how far the memory of the second half may lie above that of the first. */
const slowestAllowed = 1000
const growthAllowed = 1.25
const slowestShown = 5
/** The statuses with which a file may be taken or refused; anything else is a fault. */
const expected = new Set([200, 422])

/**
 * Uploads damaged models and zips, among them bombs and entries that lead out of the archive, over HTTP to a cabinet of its own:
 * what became of them, the slowest, and the cabinet's memory as it goes on. Ends with 1 where the cabinet crashes, an upload takes
 * more than a second or the memory goes on growing.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-mutate-'))
  const served = await startServe('--data', join(folder, 'data'), '--port', '0')
  const random = seededRandom(Number(process.env.SEED ?? 1))
  const small = [...[addModel, convolutionModel, everythingModel].map(buildModel), ...(await hostileZips())]
  const real = ['legacy', 'v5', 'v6'].map((version) =>
    readFileSync(`node_modules/@ricky0123/vad-web/dist/silero_vad_${version}.onnx`),
  )
  const outcomes = new Map<string, number>()
  const memory: number[] = []
  const slowest: { milliseconds: number; what: string }[] = []
  const begun = performance.now()
  try {
    for (let index = 0; index < mutations; index++) {
      const { bytes, what } =
        index < small.length
          ? { bytes: small[index] ?? new Uint8Array(), what: 'as it is' }
          : mutate(index % realOneIn === 0 ? real : small, random)
      const started = performance.now()
      const { status, sentence } = await upload(served, bytes).catch((error: unknown) => {
        throw new Error(
          `upload ${index} (${what}, ${bytes.length} bytes) got no answer; the cabinet ${served.child.exitCode === null ? 'lives' : 'is gone'}: ${served.output().stderr.slice(-2000)}`,
          { cause: error },
        )
      })
      const milliseconds = performance.now() - started
      if (!expected.has(status)) throw new Error(`upload ${index} (${what}) was answered ${status}: ${sentence}`)
      if (status !== 200 && !/^\S.*\.$/s.test(sentence)) throw new Error(`upload ${index} (${what}) got no sentence.`)
      slowest.push({ milliseconds, what: `${what}, ${shortBytes(bytes.length)}, ${status}` })
      if (slowest.length > 100) keepSlowest(slowest)
      const outcome = status === 200 ? 'taken' : `refused ${status}`
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      if ((index + 1) % Math.ceil(mutations / reports) === 0) memory.push(await residentBytes(served.pid))
      if ((index + 1) % progressEvery === 0) {
        process.stdout.write(`${groupedNumber(index + 1)} uploads, ${shortBytes(memory.at(-1) ?? 0)}\n`)
      }
    }
  } finally {
    await served.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
  const rate = mutations / ((performance.now() - begun) / 1000)
  for (const [outcome, count] of outcomes) process.stdout.write(`${outcome.padEnd(20)} ${groupedNumber(count)}\n`)
  keepSlowest(slowest)
  for (const { milliseconds, what } of slowest)
    process.stdout.write(`slowest ${milliseconds.toFixed(0)} ms (${what})\n`)
  process.stdout.write(`${rate.toFixed(0)} a second; memory of the cabinet ${memory.map(shortBytes).join(', ')}\n`)
  if (isTiny) return
  for (const broken of brokenLimits(slowest[0]?.milliseconds ?? 0, memory)) {
    process.stdout.write(`BROKEN: ${broken}\n`)
    process.exitCode = 1
  }
}

function keepSlowest(list: { milliseconds: number }[]): void {
  list.sort((left, right) => right.milliseconds - left.milliseconds)
  list.length = Math.min(list.length, slowestShown)
}

/** What was promised and not kept; a crash and a wrong answer end the run before. */
function brokenLimits(slowest: number, memory: readonly number[]): string[] {
  const half = Math.floor(memory.length / 2)
  const growth = Math.max(...memory.slice(half)) / Math.max(...memory.slice(0, half))
  return [
    ...(slowest > slowestAllowed ? [`an upload took more than ${slowestAllowed} ms`] : []),
    ...(growth > growthAllowed
      ? [`the memory of the second half is ${growth.toFixed(2)} times that of the first`]
      : []),
  ]
}

async function upload({ url, token }: Served, bytes: Uint8Array): Promise<{ status: number; sentence: string }> {
  const body = new FormData()
  body.append('file', new Blob([Uint8Array.from(bytes)]), 'mutant.onnx')
  const response = await fetch(`${url}/functions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    body,
  })
  const answer: unknown = await response.json()
  const sentence = typeof answer === 'object' && answer !== null && 'Message' in answer ? String(answer.Message) : ''
  return { status: response.status, sentence }
}

/** Bytes in memory, from the Linux kernel's own account. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024
}
