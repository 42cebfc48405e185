import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Inspection } from '../../src-contract/inspection.ts'
import { Problem } from '../../src-contract/problem.ts'
import type { RunInput } from '../../src-contract/run.ts'
import { inspect } from '../../src-main/onnx/inspect.ts'
import { openModel } from '../../src-main/onnx/open-model.ts'
import type { Runtime } from '../../src-main/runtime/create-runtime.ts'
import type { Tensor } from '../../src-main/runtime/tensor/tensor.ts'
import { findDifference } from './compare-tensors.ts'
import { NoTensor, readTensorFile } from './read-tensor-file.ts'

/** What became of a model, from the first step that failed to the last that could be made. */
export type Outcome =
  | { kind: 'unreadable'; why: string }
  | { kind: 'does not run'; why: string }
  | { kind: 'no test data' }
  | { kind: 'not comparable'; why: string }
  | { kind: 'wrong'; why: string }
  | { kind: 'equal' }
  | { kind: 'equal but for rounding'; why: string }

/** Tests of ONNX on which ONNX Runtime 1.30 itself differs from the expected outputs. */
const known = new Map([
  ['test_maxunpool_export_with_output_shape', 'the expected outputs are disputed (onnx/onnx issue 2398)'],
  [
    'test_attention_4d_with_past_and_present_qk_matmul_bias_4d_mask_causal',
    'ONNX Runtime masks with the least float where ONNX wants -Infinity',
  ],
])

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
    report = await readStructure(path)
  } catch (error) {
    return { kind: 'unreadable', why: error instanceof Error ? error.message : String(error) }
  }
  const check = await runtime.check({ path })
  if (check.State !== 'ok') return { kind: 'does not run', why: check.Reason ?? 'unknown' }
  const sets = await dataSets(dirname(path))
  if (sets.length === 0) return { kind: 'no test data' }
  const reason = known.get(basename(dirname(path)))
  if (reason !== undefined) return { kind: 'not comparable', why: reason }
  let result: Outcome = { kind: 'equal' }
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

async function readStructure(path: string): Promise<Inspection> {
  const opened = await openModel(path)
  try {
    return inspect(opened.source, { fileName: opened.fileName, externalFiles: opened.externalFiles }).report
  } finally {
    opened.close()
  }
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
      const actual = outputs.get(name)
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
    if (value.Kind !== 'tensor') throw new NoTensor(`it has a ${value.Kind} as ${prefix}`)
    if (!value.Initialized) tensors.set(value.Name, readTensorFile(join(folder, name)))
  }
  return tensors
}

function jsonInput({ type, shape, data }: Tensor): RunInput {
  const Data = data instanceof Uint8Array ? Buffer.from(data).toString('base64') : [...data]
  return { ElementType: type, Shape: [...shape], Data }
}
