import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { shortBytes } from '../src-contract/words/human-number.ts'
import { convolutionModel } from '../src-main/onnx/testing/feature-models.ts'
import { writeLargeModel } from '../src-main/onnx/testing/large-model.ts'
import { buildModel } from '../src-main/onnx/testing/model-builder.ts'
import { measureReadyReader, standingTime } from './inspect/ready-reader.ts'
import { sized } from './sized.ts'
import { printTable } from './table.ts'

const Measurement = z.object({ warmUp: z.number(), first: z.number(), best: z.number(), peakBytes: z.number() })
type Measurement = z.infer<typeof Measurement>

const readerFile = join(import.meta.dirname, 'inspect', 'read-files.ts')

/** Sizes that all readers take; protobuf, and so the others, ends at 2 GiB. */
const comparedSizes = sized([1e6, 1e7, 1e8, 1e9, 1.9e9], [1e6])
const smallModels = sized(2_000, 20)

/**
 * The reader against protobufjs on the whole file and ONNX Runtime's session creation, on the same files. Each figure comes from a
 * process of its own: milliseconds of the first read after one small model, and of the best of the next ones, which the ratios
 * compare; memory is the peak of the first read above a bare process.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-inspect-'))
  try {
    const small = join(folder, 'small.onnx')
    writeFileSync(small, buildModel(convolutionModel))
    const bare = (await measure('bare', small, [])).peakBytes
    const rows = [
      ['file, nodes', 'ours', 'protobufjs', 'ONNX Runtime', 'memory above bare: ours, protobufjs, ONNX Runtime'],
    ]
    for (const bytes of comparedSizes) {
      const path = join(folder, 'large.onnx')
      writeLargeModel(path, { bytes, nodes: 1000 })
      const ours = await measure('cabinet', small, [path])
      const protobuf = await measure('protobufjs', small, [path])
      const runtime = await measure('onnxruntime', small, [path])
      rows.push([
        `${shortBytes(statSync(path).size)}, 1,000`,
        time(ours),
        `${time(protobuf)} = ${times(protobuf, ours)}`,
        `${time(runtime)} = ${times(runtime, ours)}`,
        [ours, protobuf, runtime].map(({ peakBytes }) => shortBytes(Math.max(0, peakBytes - bare))).join(', '),
      ])
    }
    rows.push(await measureMany(folder, small))
    printTable(rows)
    printTable(await measureAlone(folder, small, bare))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A model that only our reader takes, in every state that a reader process can be in. */
async function measureAlone(folder: string, small: string, bare: number): Promise<string[][]> {
  const path = join(folder, 'large.onnx')
  writeLargeModel(path, { bytes: sized(2 ** 31, 1e6), nodes: 10_000 })
  const size = shortBytes(statSync(path).size)
  const fresh = await measure('cabinet', path, [path])
  const after = await measure('cabinet', small, [path])
  const { answer, reading, computing, bytesBefore, bytesAfter } = await measureReadyReader(path)
  rmSync(path)
  const row = (state: string, times: { first: number; best: number }, memory: string) => [
    state,
    milliseconds(times.first),
    `${(times.first / fresh.warmUp).toFixed(2)}×`,
    milliseconds(times.best),
    memory,
  ]
  const above = (bytes: number) => shortBytes(Math.max(0, bytes - bare))
  const ready = `the cabinet's reader process after ${standingTime / 1000} s of standing ready`
  return [
    [`${size}, 10,000 nodes`, 'first read', 'of a fresh process', 'best of the next', 'memory above bare'],
    row('a fresh process that has read nothing', { first: fresh.warmUp, best: fresh.best }, ''),
    row('a fresh process after one small model', after, above(after.peakBytes)),
    row(`${ready}: its own time`, reading, `${above(bytesAfter)}, of which ${above(bytesBefore)} before`),
    row(`${ready}: time on a processor`, computing, ''),
    row(`${ready}: until the cabinet has the answer`, answer, ''),
  ]
}

async function measureMany(folder: string, small: string): Promise<string[]> {
  const files = Array.from({ length: smallModels }, (_, index) => {
    const path = join(folder, `${index}.onnx`)
    writeFileSync(path, buildModel({ ...convolutionModel, documentation: `model ${index}` }))
    return path
  })
  const perSecond = ({ best }: Measurement, count: number) => (count / best) * 1000
  const ours = perSecond(await measure('cabinet', small, files), files.length)
  const protobuf = perSecond(await measure('protobufjs', small, files), files.length)
  const few = files.slice(0, 200)
  const runtime = perSecond(await measure('onnxruntime', small, few), few.length)
  const shown = (rate: number) => `${Math.round(rate)} a second`
  return [
    'small models',
    shown(ours),
    `${shown(protobuf)} = ${(protobuf / ours).toFixed(2)}×`,
    `${shown(runtime)} = ${(runtime / ours).toFixed(2)}×`,
    '',
  ]
}

async function measure(reader: string, warmUp: string, files: string[]): Promise<Measurement> {
  const args = [readerFile, reader, warmUp, ...files]
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 })
  return Measurement.parse(JSON.parse(stdout))
}

function time({ first, best }: Measurement): string {
  return `${first.toFixed(1)}, then ${milliseconds(best)}`
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`
}

function times(other: Measurement, ours: Measurement): string {
  return `${(other.best / ours.best).toFixed(1)}×`
}
