import { z } from 'zod'
import { BenchmarkProgress, BenchmarkRequest, BenchmarkResult } from '../../src-contract/contract/models/benchmark.ts'
import { ElementTypeName } from '../../src-contract/contract/models/element-type.ts'
import { RunFigures, RunRequest } from '../../src-contract/contract/models/run.ts'
import { defineTask } from '../processes/pool/task.ts'

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** A model where it can be opened; `externalMessage` is what is known of an external file that cannot be used. */
const OpenedModel = z.object({ path: z.string(), externalMessage: z.string().optional() })
export type OpenedModel = z.infer<typeof OpenedModel>

/** Opening a model to see whether it runs: the runtime's own words where it does not. */
export const checkTask = defineTask({
  name: 'check',
  argument: z.object({ path: z.string() }),
  result: z.object({
    /** Milliseconds. */
    loadTime: z.number().nullable(),
    failure: z.string().nullable(),
    version: z.string(),
  }),
})

const WireTensor = z.object({
  type: ElementTypeName,
  shape: z.array(z.number()).readonly(),
  data: z.union([Bytes, z.array(z.string()).readonly()]),
})

/** Of what shape an input was in the end. */
const InputShape = z.array(z.number())

/** The form in which the outputs are wanted: as tensors, or in a new file as the text of a RunResult or as `.npz`. */
const AnswerForm = z.union([z.literal('tensors'), z.object({ format: z.enum(['json', 'npz']), path: z.string() })])
export type AnswerForm = z.infer<typeof AnswerForm>

/** Where the inputs of a run lie: as the text of a RunRequest, or as numpy's arrays. */
const InputFile = z.object({ format: z.enum(['json', 'npz', 'npy']), path: z.string() })
export type InputFile = z.infer<typeof InputFile>

/** Running a model once. Inputs from a file come before those of the request. */
export const runTask = defineTask({
  name: 'run',
  argument: z.object({
    model: OpenedModel,
    request: RunRequest,
    file: InputFile.optional(),
    answer: AnswerForm,
  }),
  result: z.union([
    z.object({ figures: RunFigures, tensors: z.map(z.string(), WireTensor), inputs: z.map(z.string(), InputShape) }),
    z.object({ figures: RunFigures, size: z.int() }),
  ]),
})

/** Running a model again and again. */
export const benchmarkTask = defineTask({
  name: 'benchmark',
  argument: z.object({ model: OpenedModel, request: BenchmarkRequest }),
  result: BenchmarkResult,
  progress: BenchmarkProgress,
})
