import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { Inspection } from '../../src-contract/contract/models/inspection.ts'
import type { RunInput } from '../../src-contract/contract/models/run.ts'
import type { Tensor } from '../../src-contract/util/tensor.ts'
import { inspectFile } from '../../src-main/command-line/testing/inspect-file.ts'
import type { Runtime } from '../../src-main/runtime/create-runtime.ts'
import { viewOf } from '../../src-main/runtime/tensor/element-codec.ts'
import { findDifference } from './compare-tensors.ts'
import { NoTensor, readTensorFile } from './read-tensor-file.ts'
import { widenModel, widenTensor, widerTypes } from './widen-model.ts'

/** What became of a model, from the first step that failed to the last that could be made. */
export type Outcome =
  | { kind: 'unreadable'; why: string }
  | { kind: 'does not run'; why: string }
  | { kind: 'no test data' }
  | { kind: 'not comparable'; why: string }
  | { kind: 'wrong'; why: string }
  | { kind: 'equal'; why?: string }
  | { kind: 'equal but for rounding'; why: string }

/**
 * A test of ONNX whose outputs nobody can check: the values are the expected ones, but the test counts the places that it is given
 * in the 4×4 tensor that was pooled, and ONNX Runtime, as the operator's text says, in the 5×5 output (onnx/onnx issue 2398).
 */
const disputed = new Map([
  [
    'test_maxunpool_export_with_output_shape',
    'it counts places in a tensor of 4×4, ONNX Runtime in the output of 5×5 (onnx/onnx issue 2398)',
  ],
])

/** A test of ONNX in whose output ONNX Runtime marks what is masked by the least float, and ONNX by -Infinity. */
const leastIsMasked = 'test_attention_4d_with_past_and_present_qk_matmul_bias_4d_mask_causal'
const leastFloat = -3.4028234663852886e38

const random = new Set([
  'Bernoulli',
  'Dropout',
  'Multinomial',
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
])

/** Reads a model, opens it, and runs it on the test data beside it, where there is some. */
export async function tryModel(path: string, runtime: Runtime): Promise<Outcome> {
  let report: Inspection
  try {
    report = await inspectFile(path)
  } catch (error) {
    return { kind: 'unreadable', why: error instanceof Error ? error.message : String(error) }
  }
  const check = await runtime.check({ path })
  if (check.State !== 'ok') return { kind: 'does not run', why: check.Reason ?? 'unknown' }
  const sets = await dataSets(dirname(path))
  if (sets.length === 0) return { kind: 'no test data' }
  const test = basename(dirname(path))
  const reason = disputed.get(test)
  if (reason !== undefined) return { kind: 'not comparable', why: reason }
  const isNarrow = [...report.Inputs, ...report.Outputs].some(
    ({ ElementType }) => widerTypes[ElementType] !== undefined,
  )
  const widened = isNarrow ? widenModel(await readFile(path)) : null
  if (widened !== null)
    return withFile(widened, (wide) => trySets(wide, sets, runtime, { kind: 'equal', why: throughCast }))
  const masked = { kind: 'equal', why: 'where -Infinity is expected for what is masked, the least float is' } as const
  return trySets(path, sets, runtime, test === leastIsMasked ? masked : { kind: 'equal' })
}

const throughCast = '4-bit values passed as 8-bit ones through a Cast'

/** Gives the model a file of its own for as long as it is needed. */
async function withFile(bytes: Uint8Array, use: (path: string) => Promise<Outcome>): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'corpus-'))
  try {
    const path = join(folder, 'model.onnx')
    await writeFile(path, bytes)
    return await use(path)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function trySets(path: string, sets: string[], runtime: Runtime, equal: Outcome): Promise<Outcome> {
  const report = await inspectFile(path)
  let result = equal
  for (const set of sets) {
    const outcome = await runDataSet(path, report, set, runtime)
    if (outcome.kind === 'wrong' && report.Operators.some(({ Type }) => random.has(Type))) {
      return { kind: 'not comparable', why: 'its values are random' }
    }
    if (outcome.kind === 'wrong' || outcome.kind === 'not comparable') return outcome
    if (outcome.kind !== 'equal') result = outcome
  }
  return result
}

/** The folders `test_data_set_N` beside a model; a model in a folder of many models has none. */
async function dataSets(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && /^test_data_set_\d+$/.test(entry.name))
    .map(({ name }) => join(folder, name))
    .sort()
}

async function runDataSet(path: string, report: Inspection, folder: string, runtime: Runtime): Promise<Outcome> {
  try {
    const given = await namedTensors(folder, 'input', report.Inputs)
    const expected = await namedTensors(folder, 'output', report.Outputs)
    if (expected.size === 0) return { kind: 'not comparable', why: 'it has no expected outputs' }
    const Inputs = Object.fromEntries([...given].map(([name, tensor]) => [name, jsonInput(tensor)]))
    const { outputs } = await runtime.run({ path }, { Inputs, Outputs: [...expected.keys()] })
    let result: Outcome = { kind: 'equal' }
    for (const [name, tensor] of expected) {
      const actual = asExpected(outputs.get(name), folder)
      if (actual === undefined) return { kind: 'wrong', why: `${name} is missing` }
      const difference = findDifference(actual, tensor)
      if (difference === null) continue
      const why = `${name}: ${difference.text}`
      if (difference.kind === 'wrong') return { kind: 'wrong', why }
      result = { kind: 'equal but for rounding', why }
    }
    return result
  } catch (error) {
    if (error instanceof NoTensor || error instanceof Problem) return { kind: 'not comparable', why: error.message }
    throw error
  }
}

/** Test data goes by position; the tensors' own names are seldom those of the model. */
async function namedTensors(
  folder: string,
  prefix: 'input' | 'output',
  values: Inspection['Inputs'],
): Promise<Map<string, Tensor>> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${prefix}_`))
  const tensors = new Map<string, Tensor>()
  for (const name of names) {
    const value = values[Number(/_(\d+)\.pb$/.exec(name)?.[1])]
    if (value === undefined) throw new NoTensor(`there are more ${prefix}s than the model has`)
    if (value.Kind !== 'tensor') {
      const words = `${value.Kind === 'optional' ? 'an' : 'a'} ${value.Kind}`
      throw new NoTensor(`it has ${words} as ${prefix}, which ONNX Runtime's JavaScript interface cannot pass`)
    }
    if (!value.Initialized) tensors.set(value.Name, widenTensor(readTensorFile(join(folder, name))))
  }
  return tensors
}

function jsonInput({ type, shape, data }: Tensor): RunInput {
  const Data = data instanceof Uint8Array ? Buffer.from(data).toString('base64') : [...data]
  return { ElementType: type, Shape: [...shape], Data }
}

/** What ONNX writes as -Infinity, in the one test where ONNX Runtime has another mark for it. */
function asExpected(tensor: Tensor | undefined, dataSet: string): Tensor | undefined {
  if (basename(dirname(dataSet)) !== leastIsMasked || !(tensor?.data instanceof Uint8Array)) return tensor
  const data = Uint8Array.from(tensor.data)
  const view = viewOf(data)
  for (let at = 0; at < data.length; at += 4) {
    if (view.getFloat32(at, true) === leastFloat) view.setFloat32(at, Number.NEGATIVE_INFINITY, true)
  }
  return { ...tensor, data }
}
