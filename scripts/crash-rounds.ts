import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { createRandom, type Random } from '../bench/data/random.ts'
import { FunctionDetail, FunctionItem } from '../src-contract/contract/functions/function.ts'
import { modelBytes } from '../src-main/cabinet/testing/test-cabinet.ts'
import { type Served, startServe } from '../src-main/serve/testing/start-serve.ts'

export type CrashOptions = { directory: string; rounds: number; seed: number; say(line: string): void }
export type CrashResult = { acknowledged: number; kept: number; problems: string[] }

const UPLOADERS = 6
const MAX_PADDING = 2_000_000
/** Each kill comes after up to so many more acknowledgements, and then up to so many milliseconds. */
const MAX_ACKNOWLEDGED = 12
const MAX_DELAY = 150

/**
 * Kills a `serve` in the middle of concurrent uploads, again and again, and looks after each restart whether it kept its word: every
 * acknowledged function is there with its file intact, no row is without its file, and no half file is left.
 */
export async function crashRounds({ directory, rounds, seed, say }: CrashOptions): Promise<CrashResult> {
  const random = createRandom(seed)
  /** SHA-256 of what was acknowledged, by UUID. */
  const acknowledged = new Map<string, string>()
  const problems: string[] = []
  const verified = new Set<string>()
  let number = 0
  let kept = 0

  async function uploadUntilKilled(served: Served): Promise<void> {
    try {
      for (;;) {
        number += 1
        const bytes = paddedModel(number, random)
        const form = new FormData()
        form.append('file', new Blob([bytes]), `model-${number}.onnx`)
        const response = await served.fetch('/functions', { method: 'POST', body: form })
        if (!response.ok) {
          problems.push(`upload ${number} was answered with ${response.status}`)
          return
        }
        acknowledged.set(FunctionDetail.parse(await response.json()).UUID, sha256(bytes))
      }
    } catch {
      // The kill cut the connection: whether this one was kept is open, and either is right.
    }
  }

  for (let round = 1; round <= rounds; round += 1) {
    const served = await startServe('--data', directory, '--port', '0')
    kept = await verify(served, directory, { acknowledged, verified, problems })
    const uploads = Array.from({ length: UPLOADERS }, () => uploadUntilKilled(served))
    const enough = acknowledged.size + random.below(MAX_ACKNOWLEDGED)
    const delay = random.below(MAX_DELAY)
    while (acknowledged.size < enough && problems.length === 0) await pause(5)
    await pause(delay)
    await served.end('SIGKILL')
    await Promise.all(uploads)
    say(
      `round ${round}: killed ${delay} ms after number ${enough}; ${acknowledged.size} acknowledged, ${problems.length} problems`,
    )
  }
  const served = await startServe('--data', directory, '--port', '0')
  kept = await verify(served, directory, { acknowledged, verified, problems })
  await served.end('SIGTERM')
  return { acknowledged: acknowledged.size, kept, problems }
}

type Known = { acknowledged: Map<string, string>; verified: Set<string>; problems: string[] }

/** @returns the number of functions in the list */
async function verify(served: Served, directory: string, { acknowledged, verified, problems }: Known): Promise<number> {
  const rows = z.array(FunctionItem).parse(await (await served.fetch('/functions')).json())
  const listed = new Set(rows.map(({ UUID }) => UUID))
  for (const uuid of acknowledged.keys()) {
    if (!listed.has(uuid)) problems.push(`${uuid} was acknowledged and is not in the list`)
  }
  for (const uuid of listed) {
    if (verified.has(uuid)) continue
    verified.add(uuid)
    const made = FunctionDetail.parse(await (await served.fetch(`/function/${uuid}`)).json())
    const [download] = made.Downloads
    if (made.Status !== 'ok' || !download) {
      problems.push(`${uuid} has no file (${made.Status})`)
      continue
    }
    const response = await served.fetch(download.Url)
    const digest = sha256(new Uint8Array(await response.arrayBuffer()))
    if (digest !== download.Sha256) problems.push(`${uuid}: its file is not what it was`)
    if (acknowledged.has(uuid) && acknowledged.get(uuid) !== digest) problems.push(`${uuid}: its file is another one`)
  }
  for (const left of await readdir(join(directory, 'incoming'))) problems.push(`${left} is left in incoming`)
  for (const [name, file] of await keptFiles(directory)) {
    if (sha256(await readFile(file)) !== name) problems.push(`the kept file ${name} is not what its name says`)
  }
  return rows.length
}

async function keptFiles(directory: string): Promise<[string, string][]> {
  const entries = await readdir(join(directory, 'files'), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.parentPath.slice(-2) + entry.name, join(entry.parentPath, entry.name)])
}

/** A small model with a random amount of bytes behind it, in a field that readers of ONNX skip (protobuf field 1000). */
function paddedModel(number: number, random: Random): Uint8Array<ArrayBuffer> {
  const size = random.below(MAX_PADDING)
  const padding = Buffer.alloc(size, number)
  return Uint8Array.from(Buffer.concat([modelBytes(number), varint(1000 * 8 + 2), varint(size), padding]))
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
