import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { shortBytes } from '../src-contract/human-number.ts'
import { convolutionModel } from '../src-main/onnx/testing/feature-models.ts'
import { writeLargeModel } from '../src-main/onnx/testing/large-model.ts'
import { buildModel } from '../src-main/onnx/testing/model-builder.ts'
import { printTable } from './table.ts'

const Measurement = z.object({ first: z.number(), best: z.number(), peakBytes: z.number() })
type Measurement = z.infer<typeof Measurement>

const readerFile = join(import.meta.dirname, 'inspect', 'read-files.ts')

/** Sizes that all readers take; protobuf, and so the others, ends at 2 GiB. */
const comparedSizes = [1e6, 1e7, 1e8, 1e9, 1.9e9]
const smallModels = 2000

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
    rows.push(await measureAlone(folder, small, bare), await measureMany(folder, small))
    printTable(rows)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measureAlone(folder: string, small: string, bare: number): Promise<string[]> {
  const path = join(folder, 'large.onnx')
  writeLargeModel(path, { bytes: 2 ** 31, nodes: 10_000 })
  const once = await measure('cabinet', small, [path])
  const memory = shortBytes(Math.max(0, once.peakBytes - bare))
  const size = shortBytes(statSync(path).size)
  rmSync(path)
  return [`${size}, 10,000`, time(once), '', '', memory]
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
  const runtime = perSecond(await measure('onnxruntime', small, files.slice(0, 200)), 200)
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
  return `${first.toFixed(1)}, then ${best.toFixed(1)} ms`
}

function times(other: Measurement, ours: Measurement): string {
  return `${(other.best / ours.best).toFixed(1)}×`
}
