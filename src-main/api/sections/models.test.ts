import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Job } from '../../../src-contract/contract/admin/job.ts'
import { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { ModelLocation } from '../../../src-contract/contract/functions/location.ts'
import { BenchmarkResult } from '../../../src-contract/contract/models/benchmark.ts'
import { Comparison } from '../../../src-contract/contract/models/compare.ts'
import { GraphPage } from '../../../src-contract/contract/models/graph.ts'
import { RunResult } from '../../../src-contract/contract/models/run.ts'
import { TensorSummary } from '../../../src-contract/contract/models/tensor.ts'
import { ada, modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { addModel, convolutionModel, floats } from '../../onnx/testing/feature-models.ts'
import type { ModelSpec } from '../../onnx/testing/model-builder.ts'
import { readNpz, writeNpz } from '../../runtime/tensor/npz.ts'
import { openTestApi, type TestApi, withForm, withJson } from '../testing/test-api.ts'

// Protects the answers people act on: what is in a model, whether one may replace another, and what it computes.

let api: TestApi
let adder: string
let classifier: string
let retrained: string
beforeAll(async () => {
  api = await openTestApi()
  adder = await added('adder', addModel)
  classifier = await added('classifier', convolutionModel)
  const graph = { ...convolutionModel.graph }
  graph.initializers = graph.initializers?.map((tensor) =>
    tensor.name === 'weights' ? floats('weights', [2, 4], 7) : tensor,
  )
  retrained = await added('retrained', { ...convolutionModel, graph })
})
afterAll(async () => {
  expect(api.unexpected).toEqual([])
  await api.remove()
})

async function added(name: string, spec: ModelSpec): Promise<string> {
  const file = { bytes: new Uint8Array(modelBytes(1, spec)), name: `${name}.onnx` }
  return FunctionDetail.parse((await api.ask('/functions', withForm('POST', { file }))).body).UUID
}

async function silero(version: string): Promise<string> {
  const path = `node_modules/@ricky0123/vad-web/dist/silero_vad_${version}.onnx`
  const file = { bytes: new Uint8Array(await readFile(path)), name: `silero_${version}.onnx` }
  return FunctionDetail.parse((await api.ask('/functions', withForm('POST', { file }))).body).UUID
}

describe('the place of a model', () => {
  it('is told to admins alone', async () => {
    const { status, body } = await api.ask(`/admin/function/${classifier}/location`)
    expect(status).toBe(200)
    const { Path } = ModelLocation.parse(body)
    expect(await readFile(Path)).toEqual(Buffer.from(modelBytes(1, convolutionModel)))
    const writer = { name: 'writer', scope: 'write' } as const
    expect((await api.ask(`/admin/function/${classifier}/location`, {}, writer)).status).toBe(403)
  })
})

describe('the graph', () => {
  it('comes in pages', async () => {
    const { status, body } = await api.ask(`/function/${classifier}/graph?Offset=1&Limit=2`)
    expect(status).toBe(200)
    const page = GraphPage.parse(body)
    expect(page).toMatchObject({ Scope: 'main', Offset: 1, Total: 5, Inputs: ['image'] })
    expect(page.Nodes.map(({ Type }) => Type)).toEqual(['Relu', 'GlobalAveragePool'])
  })

  it('has no scope that the model does not have', async () => {
    const { status, body } = await api.ask(`/function/${classifier}/graph?Scope=main/9.body`)
    expect(status).toBe(404)
    expect(body).toMatchObject({ Field: { Name: 'Scope' } })
  })
})

describe('the values of a tensor', () => {
  it('are summed up', async () => {
    const { status, body } = await api.ask(`/function/${classifier}/tensor?Name=weights`)
    expect(status).toBe(200)
    const summary = TensorSummary.parse(body)
    expect(summary).toMatchObject({ Scope: 'main', Name: 'weights', ElementType: 'float', Count: 8, NaNs: 0 })
    expect(summary.Values).toHaveLength(8)
  })

  it('are refused in words where there is no such tensor, or not enough bytes', async () => {
    const missing = await api.ask(`/function/${classifier}/tensor?Name=filters`)
    expect(missing).toMatchObject({ status: 404, body: { Field: { Name: 'Name' } } })
    expect(missing.body).toMatchObject({ Message: 'The model stores no tensor “filters”.' })
    expect((await api.ask(`/function/${classifier}/tensor?Name=filter&Scope=main/0.body`)).status).toBe(404)
    expect((await api.ask(`/function/${classifier}/tensor`)).status).toBe(404)
    const weights = { name: 'w', type: 'float' as const, shape: [2], external: { location: 'w.bin' } }
    const apart = await added('apart', { ...addModel, graph: { ...addModel.graph, initializers: [weights] } })
    const { status, body } = await api.ask(`/function/${apart}/tensor?Name=w`)
    expect(status).toBe(422)
    expect(body).toMatchObject({ Message: expect.stringContaining('w.bin, which is not there') })
  })
})

describe('a comparison', () => {
  it('says that two trainings differ in their weights alone, and how far their outputs lie apart', async () => {
    const { status, body } = await api.ask(`/function/${classifier}/compare/${retrained}?Inputs=random`)
    expect(status).toBe(200)
    const comparison = Comparison.parse(body)
    expect(comparison.Same).toMatchObject({ Bytes: false, Structure: true, Signature: true, Weights: false })
    expect(comparison.Initializers.Items.map(({ Name }) => Name)).toEqual(['weights'])
    expect(comparison.Outputs?.[0]?.Largest?.Absolute).toBeGreaterThan(0)
  })

  it('answers for two versions of Silero, which do not run with sizes of 1, whether one may replace the other', async () => {
    const [v5, v6] = [await silero('v5'), await silero('v6')]
    const { status, body } = await api.ask(`/function/${v5}/compare/${v6}?Inputs=random`)
    expect(status).toBe(200)
    const { Verdict, Outputs } = Comparison.parse(body)
    expect(Verdict).toMatch(
      /^Only weights differ \(28 of 345 initializers\). Drop-in compatible: same inputs and outputs; on the same random inputs the largest difference of its outputs is [\d.]+ /,
    )
    expect(Outputs?.map(({ Name, Largest }) => [Name, Largest !== null])).toEqual([
      ['output', true],
      ['stateN', true],
    ])
  })

  it('with itself says that nothing differs', async () => {
    const { body } = await api.ask(`/function/${adder}/compare/${adder}`)
    expect(body).toMatchObject({ Same: { Bytes: true, Structure: true, Signature: true } })
    expect(Comparison.parse(body).Outputs).toBeUndefined()
  })
})

describe('a run', () => {
  const run = (uuid: string, body: unknown) => api.ask(`/function/${uuid}/run`, withJson('POST', body))

  it('computes what the model says', async () => {
    const { status, body } = await run(adder, { Inputs: { x: { Data: [[1, 2, 3]] } } })
    expect(status).toBe(200)
    expect(RunResult.parse(body).Outputs).toEqual({ y: { ElementType: 'float', Shape: [1, 3], Data: [[2, 4, 6]] } })
  })

  it('fills in what is left out, the same for the same seed', async () => {
    const first = RunResult.parse((await run(classifier, { Dimensions: { N: 2 } })).body)
    const second = RunResult.parse((await run(classifier, { Dimensions: { N: 2 } })).body)
    expect(first.Outputs).toEqual(second.Outputs)
    expect(first.Outputs['scores-0:Cat;1:Dog']?.Shape).toEqual([2, 2])
  })

  it.each([
    ['run', { Accept: 'application/x-npz' }],
    ['run.npz', {}],
  ])('takes and gives numpy files at %s', async (path, accept) => {
    const data = new Uint8Array(Float32Array.from([1, 2, 3]).buffer)
    const npz = writeNpz(new Map([['x', { type: 'float', shape: [1, 3], data }]]))
    const response = await api.app.request(
      `/function/${adder}/${path}`,
      {
        method: 'POST',
        body: Uint8Array.from(npz),
        headers: { 'Content-Type': 'application/x-npz', ...accept },
      },
      { caller: ada },
    )
    expect(response.headers.get('content-type')).toBe('application/x-npz')
    const outputs = await readNpz(new Uint8Array(await response.arrayBuffer()))
    expect(outputs.get('y')?.shape).toEqual([1, 3])
  })

  it.each([
    ['an input that the model does not have', { Inputs: { z: { Zeros: true } } }, 422],
    ['values of a wrong shape', { Inputs: { x: { Data: [[1, 2]] } } }, 422],
    ['an unknown key', { Input: {} }, 422],
  ])('with %s is refused in words', async (_, body, status) => {
    const answer = await run(adder, body)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ Message: expect.stringMatching(/\.$/), Field: { Name: expect.any(String) } })
  })

  it('of a function without a file finds nothing to run', async () => {
    const { body } = await api.cabinet.functions.create(ada, { Name: 'empty' }, {})
    expect((await run(body.UUID, {})).status).toBe(404)
  })
})

describe('a benchmark', () => {
  it('is a job whose result stays with the function', async () => {
    const { status, body } = await api.ask(
      `/function/${adder}/benchmark`,
      withJson('POST', { Runs: 5, Warmup: 1, Threads: 1 }),
    )
    expect(status).toBe(200)
    const { UUID } = Job.parse(body)
    await expect.poll(async () => (await api.ask(`/jobs/${UUID}`)).body).toMatchObject({ State: 'done' })
    const { Result } = Job.parse((await api.ask(`/jobs/${UUID}`)).body)
    expect(BenchmarkResult.parse(Result).Times).toHaveLength(5)
    const { body: kept } = await api.ask(`/function/${adder}/benchmarks`)
    expect(kept).toMatchObject([{ UUID, Result: { Median: expect.any(Number) } }])
  })

  it('finds inputs that the model runs on where none are told', async () => {
    const { body } = await api.ask(
      `/function/${await silero('v5')}/benchmark`,
      withJson('POST', { Runs: 2, Warmup: 0, Threads: 1 }),
    )
    const { UUID } = Job.parse(body)
    await expect
      .poll(async () => (await api.ask(`/jobs/${UUID}`)).body)
      .toMatchObject({ State: 'done', Result: { Dimensions: { 'input[1]': 512 } } })
  })
})
