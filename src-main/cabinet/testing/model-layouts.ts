import { createHash } from 'node:crypto'
import { link, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { buildModel, type GraphSpec } from '../../onnx/testing/model-builder.ts'

/** Ways in which models lie on people's disks. `weights` are values of which no two writings are the same. */
type Layout = (put: Put, round: number) => Promise<void>
type Put = {
  model(path: string, external?: External, operator?: string): Promise<void>
  data(path: string, ...values: number[]): Promise<void>
  text(path: string, text: string): Promise<void>
  hard(from: string, to: string): Promise<void>
  /** A file in the blobs of a cache of Hugging Face, and the link that leads to it. */
  cached(repository: string, path: string, bytes: Uint8Array): Promise<void>
}
type External = { location: string; offset?: number }

const VALUES = 3
const BYTES = VALUES * 4
const weights = (...values: number[]) =>
  new Uint8Array(Float32Array.from(values.flatMap((value) => Array<number>(VALUES).fill(value))).buffer)

function bytesOf(documentation: string, external?: External, operator = 'Add'): Uint8Array {
  const vector = (name: string) => ({ name, type: { tensor: 'float' as const, shape: [VALUES] } })
  const placed = external && {
    location: external.location,
    ...(external.offset !== undefined && { offset: String(external.offset) }),
    length: String(BYTES),
  }
  const graph: GraphSpec = {
    nodes: [{ operator, inputs: ['x', 'w'], outputs: ['y'] }],
    initializers: [
      { name: 'w', type: 'float', shape: [VALUES], ...(placed ? { external: placed } : { floats: [1, 2, 3] }) },
    ],
    inputs: [vector('x')],
    outputs: [vector('y')],
  }
  return buildModel({ graph, documentation })
}

const layouts: Layout[] = [
  async ({ model }, round) => model(`plain/net ${round}.onnx`),
  async ({ model, data }, round) => {
    await model(`external/${round}/net.onnx`, { location: 'data/w.bin' })
    await data(`external/${round}/data/w.bin`, round)
  },
  async ({ model, data }, round) => {
    await model(`torch/net-${round}.onnx`, { location: `net-${round}.onnx.data` })
    await data(`torch/net-${round}.onnx.data`, round)
  },
  // Two trainings of one network: the same file, and other weights.
  async ({ model, data }, round) => {
    for (const run of [1, 2]) {
      await model(`runs/${round}/run${run}/net.onnx`, { location: 'w.bin' })
      await data(`runs/${round}/run${run}/w.bin`, round * 10 + run)
    }
  },
  async ({ model, data, hard }, round) => {
    await model(`snapshots/${round}/monday/net.onnx`, { location: 'w.bin' })
    await data(`snapshots/${round}/monday/w.bin`, round)
    await hard(`snapshots/${round}/monday/net.onnx`, `snapshots/${round}/tuesday/net.onnx`)
    await hard(`snapshots/${round}/monday/w.bin`, `snapshots/${round}/tuesday/w.bin`)
  },
  async ({ cached }, round) => {
    const repository = `lab--net-${round}`
    await cached(repository, 'onnx/model.onnx', bytesOf(`cached ${round}`, { location: 'model.onnx_data' }))
    await cached(repository, 'onnx/model.onnx_data', weights(round))
    await cached(repository, 'config.json', new TextEncoder().encode('{"model_type":"net"}'))
  },
  async ({ model, data }, round) => {
    await data(`shared/${round}/weights.bin`, round, round + 0.5)
    await model(`shared/${round}/encoder.onnx`, { location: 'weights.bin', offset: 0 })
    await model(`shared/${round}/decoder.onnx`, { location: 'weights.bin', offset: BYTES })
  },
  async ({ model, data, text }, round) => {
    await text(`genai/${round}/genai_config.json`, '{"model":{"type":"net","decoder":{"filename":"decoder.onnx"}}}')
    await model(`genai/${round}/decoder.onnx`, { location: 'decoder.onnx.data' })
    await data(`genai/${round}/decoder.onnx.data`, round)
  },
  async ({ model, text }, round) => {
    await text(`mlflow/${round}/MLmodel`, 'flavors:\n  onnx:\n    data: model.onnx\nmodel_uuid: 0123456789abcdef\n')
    await model(`mlflow/${round}/model.onnx`)
  },
  async ({ model }, round) => model(`odd names/Größe ＃${round} (1).ONNX`),
  // Those that do not run: without their weights, with too few of them, with an operator that nobody knows.
  async ({ model }, round) => model(`missing/net-${round}.onnx`, { location: `net-${round}.bin` }),
  async ({ model, data }, round) => {
    await model(`cut/net-${round}.onnx`, { location: `net-${round}.bin`, offset: 4 })
    await data(`cut/net-${round}.bin`, round)
  },
  async ({ model }, round) => model(`strange/net-${round}.onnx`, undefined, 'NoSuchOperator'),
]

/** Models that one round of all layouts writes. */
export const MODELS_IN_ROUND = 16

/**
 * Writes models in every layout into a folder.
 * @param links whether the cache of Hugging Face has symbolic links, as on systems that have them, else files
 * @returns the paths of all models
 */
export async function writeLayouts(folder: string, rounds: number, links = true): Promise<string[]> {
  const models: string[] = []
  const write = async (path: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
    if (/\.onnx$/i.test(path)) models.push(join(folder, path))
  }
  const put: Put = {
    // The trainings of a round are of one network.
    model: (path, external, operator) => write(path, bytesOf(path.replace(/run\d\//, ''), external, operator)),
    data: (path, ...values) => write(path, weights(...values)),
    text: write,
    async hard(from, to) {
      await mkdir(dirname(join(folder, to)), { recursive: true })
      await link(join(folder, from), join(folder, to))
      if (to.endsWith('.onnx')) models.push(join(folder, to))
    },
    async cached(repository, path, bytes) {
      const home = `hub/models--${repository}`
      const blob = `${home}/blobs/${createHash('sha256').update(bytes).digest('hex')}`
      const place = `${home}/snapshots/${'0123456789abcdef'.repeat(3).slice(0, 40)}/${path}`
      if (!links) return write(place, bytes)
      await write(blob, bytes)
      await mkdir(dirname(join(folder, place)), { recursive: true })
      await symlink(relative(dirname(place), blob), join(folder, place))
      if (place.endsWith('.onnx')) models.push(join(folder, place))
    },
  }
  for (let round = 1; round <= rounds; round++) for (const layout of layouts) await layout(put, round)
  return models
}
