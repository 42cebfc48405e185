import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addModel } from '../onnx/testing/feature-models.ts'
import { buildModel, type ModelSpec } from '../onnx/testing/model-builder.ts'
import { createNodeSpawn, spawnNode } from '../processes/spawn/spawn-node.ts'
import { isRunning } from '../processes/testing/is-running.ts'
import { createRuntime, type Runtime } from './create-runtime.ts'

const silero = join(
  dirname(createRequire(import.meta.url).resolve('@ricky0123/vad-web/package.json')),
  'dist/silero_vad_v5.onnx',
)

let folder: string
let work: string
let runtime: Runtime
const all: string[] = []

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'check-work-'))
  runtime = createRuntime({ spawn: spawnNode, workFolder: work })
  all.push(work)
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-'))
  all.push(folder)
})
afterAll(async () => {
  const pids = runtime.pids()
  await runtime.close()
  expect(pids.filter(isRunning)).toEqual([])
  for (const path of all) await rm(path, { recursive: true })
})

async function save(spec: ModelSpec | Uint8Array, name = 'cdef'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, spec instanceof Uint8Array ? spec : buildModel(spec))
  return path
}

/** x + weights, the weights being four floats in another file. */
const withWeightsIn = (location: string): ModelSpec => ({
  graph: {
    nodes: [{ operator: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
    initializers: [{ name: 'w', type: 'float', shape: [4], external: { location, offset: '0', length: '16' } }],
    inputs: [{ name: 'x', type: { tensor: 'float', shape: [4] } }],
    outputs: [{ name: 'y', type: { tensor: 'float', shape: [4] } }],
  },
})

const ofType = (operator: string, type: 'float' | 'bfloat16' | 'uint16', opsets?: ModelSpec['opsets']): ModelSpec => ({
  ...(opsets && { opsets }),
  graph: {
    nodes: [{ operator, inputs: operator === 'Identity' ? ['x'] : ['x', 'x'], outputs: ['y'] }],
    inputs: [{ name: 'x', type: { tensor: type, shape: [2] } }],
    outputs: [{ name: 'y', type: { tensor: type, shape: [2] } }],
  },
})

describe('a model that does not run here', () => {
  it('has an operator that the runtime lacks', async () => {
    const path = await save(ofType('Frobnicate', 'float'))
    expect(await runtime.check({ path })).toMatchObject({ State: 'failed', Reason: 'operator', LoadTime: null })
  })

  it('has an element type that cannot be passed', async () => {
    const path = await save(ofType('Identity', 'bfloat16'))
    expect(await runtime.check({ path })).toMatchObject({
      Reason: 'type',
      Message: expect.stringContaining('bfloat16'),
    })
  })

  it('uses an operator on a type that the CPU has no code for', async () => {
    const path = await save(ofType('Max', 'uint16'))
    expect(await runtime.check({ path })).toMatchObject({ Reason: 'kernel', Message: expect.stringContaining('Max') })
  })

  it('misses its external file', async () => {
    const path = await save(withWeightsIn('w.bin'))
    const check = await runtime.check({ path, external: [] })
    expect(check).toMatchObject({ Reason: 'external', Message: expect.stringContaining('w.bin') })
    expect(check.Message).not.toContain(work)
  })

  it('is no model at all', async () => {
    expect(await runtime.check({ path: await save(Buffer.from('hello')) })).toMatchObject({ Reason: 'invalid' })
  })

  it('takes longer than it may', async () => {
    const hasty = createRuntime({ spawn: spawnNode, checkLimit: 1 })
    try {
      expect(await hasty.check({ path: silero })).toMatchObject({
        State: 'failed',
        Reason: 'timeout',
        Message: expect.stringContaining('longer than 1 ms'),
      })
    } finally {
      await hasty.close()
    }
  })

  it.each([
    ['crash', 'aborts'],
    ['memory', 'hoards'],
  ])('is told by its %s from others, and the runtime comes up again', async (reason, name) => {
    const entry = fileURLToPath(new URL('./testing/misbehaving-child.ts', import.meta.url))
    const frail = createRuntime({ spawn: createNodeSpawn({ entryOf: () => entry }), memoryLimit: 256 * 1024 * 1024 })
    try {
      const path = await save(addModel, name)
      expect(await frail.check({ path })).toMatchObject({ State: 'failed', Reason: reason })
      expect(await frail.check({ path })).toMatchObject({ State: 'failed', Reason: reason })
    } finally {
      await frail.close()
    }
  })
})

describe('what is no answer about the model', () => {
  it('is a problem where the file is gone', async () => {
    await expect(runtime.check({ path: join(folder, 'gone') })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is a problem where an external file leads out of the folder, and leaves nothing behind', async () => {
    const path = await save(withWeightsIn('../w.bin'))
    const weights = await save(Buffer.alloc(16), 'weights')
    for (const location of ['../w.bin', '/w.bin', 'C:\\w.bin', 'a/../../w.bin', '..\\w.bin']) {
      const check = runtime.check({ path, external: [{ location, path: weights }] })
      await expect(check).rejects.toMatchObject({ code: 'invalid' })
    }
    expect(await readdir(work)).toEqual([])
  })

  it('is the reason of the signal where the caller gave up', async () => {
    const abort = new AbortController()
    const check = runtime.check({ path: silero }, { signal: abort.signal })
    abort.abort(new Error('changed my mind'))
    await expect(check).rejects.toThrow('changed my mind')
  })
})

describe('a model that runs here', () => {
  it('is opened under a name without ending', async () => {
    const check = await runtime.check({ path: await save(addModel) })
    expect(check).toMatchObject({
      State: 'ok',
      Reason: null,
      Provider: 'CPUExecutionProvider',
      Version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    })
    expect(check.LoadTime).toBeGreaterThan(0)
    expect(check.CheckedAt).toMatch(/Z$/)
  })

  it('is a real one', async () => {
    expect(await runtime.check({ path: silero })).toMatchObject({ State: 'ok' })
  })

  it.each(['w.bin', 'deep/er/w.bin', 'model.onnx', './w.bin'])('finds its weights in %s', async (location) => {
    const path = await save(withWeightsIn(location))
    const weights = await save(Buffer.alloc(16), 'weights')
    expect(await runtime.check({ path, external: [{ location, path: weights }] })).toMatchObject({ State: 'ok' })
    expect(await readdir(work)).toEqual([])
  })

  it('may write the place of its weights in two ways', async () => {
    const weights = await save(Buffer.alloc(16), 'weights')
    const path = await save(withWeightsIn('w.bin'))
    const external = ['w.bin', './w.bin', 'a/../w.bin'].map((location) => ({ location, path: weights }))
    expect(await runtime.check({ path, external })).toMatchObject({ State: 'ok' })
  })

  it('is laid out from a symbolic link', async () => {
    const weights = await save(Buffer.alloc(16), 'weights')
    await symlink(weights, join(folder, 'link'))
    const path = await save(withWeightsIn('w.bin'))
    const external = [{ location: 'w.bin', path: join(folder, 'link') }]
    expect(await runtime.check({ path, external })).toMatchObject({ State: 'ok' })
  })

  it('is opened where it is, without a folder, where it names only what is there', async () => {
    const gone = join(folder, 'work')
    const plain = createRuntime({ spawn: spawnNode, workFolder: gone })
    try {
      // The first check makes sure that the folder was made; without it nothing can be laid out.
      await plain.check({ path: silero })
      await rm(gone, { recursive: true })
      expect(await plain.check({ path: silero, external: [], inPlace: true })).toMatchObject({ State: 'ok' })
      await expect(plain.check({ path: silero, external: [] })).rejects.toThrow('ENOENT')
      const weights = await save(Buffer.alloc(16), 'w.bin')
      const file = { path: await save(withWeightsIn('w.bin')), external: [{ location: 'w.bin', path: weights }] }
      expect(await plain.check({ ...file, inPlace: true })).toMatchObject({ State: 'ok' })
    } finally {
      await plain.close()
    }
  })

  it('is opened through links as a cache of Hugging Face makes them', async () => {
    await mkdir(join(folder, 'snapshot'))
    const links = { model: join(folder, 'snapshot', 'model.onnx'), weights: join(folder, 'snapshot', 'w.bin') }
    await symlink(await save(withWeightsIn('w.bin')), links.model)
    await symlink(await save(Buffer.alloc(16), 'b879fe4b'), links.weights)
    const file = { path: links.model, external: [{ location: 'w.bin', path: links.weights }], inPlace: true }
    expect(await runtime.check(file)).toMatchObject({ State: 'ok' })
  })

  it('is opened beside its files where nothing was said of them', async () => {
    await save(Buffer.alloc(16), 'w.bin')
    expect(await runtime.check({ path: await save(withWeightsIn('w.bin')) })).toMatchObject({ State: 'ok' })
  })
})

it('sweeps what a killed cabinet left, and nothing else', async () => {
  await mkdir(join(folder, 'model-left'))
  await writeFile(join(folder, 'notes.txt'), '')
  const next = createRuntime({ spawn: spawnNode, workFolder: folder })
  await next.check({ path: silero })
  await next.close()
  expect(await readdir(folder)).toEqual(['notes.txt'])
})
