import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BenchmarkProgress, BenchmarkResult } from '../../src-contract/contract/models/benchmark.ts'
import type { ElementType } from '../../src-contract/contract/models/element-type.ts'
import { buildModel } from '../onnx/testing/model-builder.ts'
import { spawnNode } from '../processes/spawn/spawn-node.ts'
import { createRuntime, type Runtime } from './create-runtime.ts'
import { summariseTimes } from './summarise-times.ts'
import { graphOf, identityOf, sileroPath } from './testing/models.ts'

let runtime: Runtime
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'benchmark-'))
  runtime = createRuntime({ spawn: spawnNode })
})
afterAll(async () => {
  await runtime.close()
  await rm(folder, { recursive: true })
})

it('measures as many runs as asked, and tells how far it is', async () => {
  const path = join(folder, 'identity')
  await writeFile(path, buildModel(identityOf('float', ['N', 3])))
  const progress: BenchmarkProgress[] = []
  const result = await runtime.benchmark(
    { path },
    { Runs: 20, Warmup: 2, Threads: 1, Dimensions: { N: 4 } },
    { onProgress: (step) => progress.push(step) },
  )
  expect(BenchmarkResult.parse(result)).toEqual(result)
  expect(result.Times).toHaveLength(20)
  expect(result).toMatchObject(summariseTimes(result.Times))
  expect(result).toMatchObject({ Dimensions: { N: 4 }, Runtime: { Threads: 1, Provider: 'CPUExecutionProvider' } })
  expect(result.Machine.Cores).toBeGreaterThan(0)
  expect(progress[0]).toEqual({ Stage: 'loading', Done: 0, Total: 20, Fresh: [] })
  expect(progress).toContainEqual({ Stage: 'warmup', Done: 2, Total: 2, Fresh: [] })
  expect(progress.at(-1)).toMatchObject({ Stage: 'measuring', Done: 20, Total: 20 })
  expect(progress.flatMap(({ Fresh }) => Fresh)).toEqual(result.Times)
})

it('measures on the inputs that are given, and refuses what does not fit', async () => {
  const path = join(folder, 'given')
  await writeFile(path, buildModel(identityOf('float', ['N', 3])))
  const request = { Runs: 2, Warmup: 0, Threads: 1, Dimensions: {} }
  const Inputs = { x: { Random: 1, Shape: [7, 3] } }
  const result = await runtime.benchmark({ path }, { ...request, Inputs })
  expect(result).toMatchObject({ Dimensions: { N: 7 }, Inputs: { x: 'random' } })
  const given = await runtime.benchmark({ path }, { ...request, Inputs: { x: { Data: [[1, 2, 3]] } } })
  expect(given.Inputs).toEqual({ x: 'given' })
  await expect(
    runtime.benchmark({ path }, { ...request, Inputs: { x: { Zeros: true, Shape: [7, 4] } } }),
  ).rejects.toThrow('the model expects')
})

it('takes sizes of axes without a name by their place', async () => {
  const request = { Runs: 2, Warmup: 0, Threads: 1 }
  const told = await runtime.benchmark({ path: sileroPath }, { ...request, Dimensions: { 'input[1]': 256 } })
  expect(told.Dimensions).toEqual({ 'input[0]': 1, 'input[1]': 256, 'state[1]': 1 })
})

it('stops at once when cancelled in the middle', async () => {
  const path = join(folder, 'product')
  const square: [ElementType, number[]] = ['float', [256, 256]]
  await writeFile(
    path,
    buildModel(
      graphOf([{ operator: 'MatMul', inputs: ['a', 'b'], outputs: ['c'] }], { a: square, b: square }, { c: square }),
    ),
  )
  const abort = new AbortController()
  const benchmark = runtime.benchmark(
    { path },
    { Runs: 100_000, Warmup: 0, Threads: 1, Dimensions: {} },
    {
      signal: abort.signal,
      onProgress: ({ Stage }) => {
        if (Stage === 'measuring') abort.abort(new Error('cancelled'))
      },
    },
  )
  await expect(benchmark).rejects.toThrow('cancelled')
})

it('says what is wrong with the request or the model', async () => {
  const path = join(folder, 'broken')
  await writeFile(path, 'no model')
  const request = { Runs: 1, Warmup: 0, Threads: 0, Dimensions: {} }
  await expect(runtime.benchmark({ path }, request)).rejects.toMatchObject({
    message: expect.stringContaining('damaged'),
  })
  await writeFile(path, buildModel(identityOf('float')))
  await expect(runtime.benchmark({ path }, { ...request, Dimensions: { Q: 1 } })).rejects.toMatchObject({
    field: 'Dimensions.Q',
  })
})

it('sums times up by the definitions that the contract names', () => {
  const times = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(summariseTimes(times)).toEqual({ Min: 1, Median: 50.5, P95: 95, Max: 100, Mean: 50.5 })
  expect(summariseTimes([3])).toEqual({ Min: 3, Median: 3, P95: 3, Max: 3, Mean: 3 })
})
