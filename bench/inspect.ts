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

const Measurement = z.object({ milliseconds: z.number(), peakBytes: z.number() })
type Measurement = z.infer<typeof Measurement>

const readerFile = join(import.meta.dirname, 'inspect-reader.ts')
const rounds = 2

/** Sizes that all readers take; protobuf, and so the others, ends at 2 GiB. */
const comparedSizes = [1e6, 1e7, 1e8, 1e9, 1.9e9]
const smallModels = 2000

/**
 * The reader against protobufjs on the whole file and ONNX Runtime's session creation, on the same files. Every figure comes
 * from a fresh process that has read one small model before; times are the best of two, memory is the peak above a bare process.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-inspect-'))
  try {
    const small = join(folder, 'small.onnx')
    writeFileSync(small, buildModel(convolutionModel))
    const bare = (await measure('bare', small, [])).peakBytes
    row('weights, nodes', 'ours', 'protobufjs', 'ONNX Runtime', 'memory above bare: ours, protobufjs, ONNX Runtime')
    for (const bytes of comparedSizes) {
      const path = join(folder, 'large.onnx')
      writeLargeModel(path, { bytes, nodes: 1000 })
      const ours = await measure('cabinet', small, [path])
      const protobuf = await measure('protobufjs', small, [path])
      const runtime = await measure('onnxruntime', small, [path])
      row(
        `${shortBytes(statSync(path).size)}, 1,000`,
        time(ours),
        `${time(protobuf)} = ${times(protobuf, ours)}`,
        `${time(runtime)} = ${times(runtime, ours)}`,
        [ours, protobuf, runtime].map(({ peakBytes }) => shortBytes(Math.max(0, peakBytes - bare))).join(', '),
      )
    }
    await measureAlone(folder, small, bare)
    await measureMany(folder, small)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measureAlone(folder: string, small: string, bare: number): Promise<void> {
  const path = join(folder, 'large.onnx')
  writeLargeModel(path, { bytes: 2 ** 31, nodes: 10_000 })
  const once = await measure('cabinet', small, [path])
  const again = await measure('cabinet', small, new Array<string>(20).fill(path))
  const memory = shortBytes(Math.max(0, once.peakBytes - bare))
  row(
    `${shortBytes(statSync(path).size)}, 10,000`,
    time(once),
    `warm ${(again.milliseconds / 20).toFixed(1)} ms`,
    '',
    memory,
  )
  rmSync(path)
}

async function measureMany(folder: string, small: string): Promise<void> {
  const files = Array.from({ length: smallModels }, (_, index) => {
    const path = join(folder, `${index}.onnx`)
    writeFileSync(path, buildModel({ ...convolutionModel, documentation: `model ${index}` }))
    return path
  })
  const perSecond = ({ milliseconds }: Measurement, count: number) => (count / milliseconds) * 1000
  const ours = perSecond(await measure('cabinet', small, files), files.length)
  const protobuf = perSecond(await measure('protobufjs', small, files), files.length)
  const runtime = perSecond(await measure('onnxruntime', small, files.slice(0, 200)), 200)
  const shown = (rate: number) => `${Math.round(rate)} a second`
  row(
    'small models',
    shown(ours),
    `${shown(protobuf)} = ${(protobuf / ours).toFixed(2)}×`,
    `${shown(runtime)} = ${(runtime / ours).toFixed(2)}×`,
    '',
  )
}

async function measure(reader: string, warmUp: string, files: string[]): Promise<Measurement> {
  const measurements: Measurement[] = []
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await promisify(execFile)(process.execPath, [readerFile, reader, warmUp, ...files], {
      maxBuffer: 1e8,
    })
    measurements.push(Measurement.parse(JSON.parse(stdout)))
  }
  return {
    milliseconds: Math.min(...measurements.map(({ milliseconds }) => milliseconds)),
    peakBytes: Math.min(...measurements.map(({ peakBytes }) => peakBytes)),
  }
}

function time({ milliseconds }: Measurement): string {
  return `${milliseconds.toFixed(1)} ms`
}

function times(other: Measurement, ours: Measurement): string {
  return `${(other.milliseconds / ours.milliseconds).toFixed(1)}×`
}

function row(...cells: string[]): void {
  const widths = [18, 16, 22, 24, 0]
  process.stdout.write(
    `${cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()}\n`,
  )
}
