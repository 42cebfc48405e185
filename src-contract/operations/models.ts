import { z } from 'zod'
import { Job } from '../contract/admin/job.ts'
import { wholeNumber } from '../contract/functions/page.ts'
import { BenchmarkRequest } from '../contract/models/benchmark.ts'
import { BenchmarkEntry } from '../contract/models/benchmark-entry.ts'
import { Comparison } from '../contract/models/compare.ts'
import { GraphPage, largestGraphPage, usualGraphPage } from '../contract/models/graph.ts'
import { Inspection, RuntimeCheck } from '../contract/models/inspection.ts'
import { RunRequest, RunResult } from '../contract/models/run.ts'
import { RUN_MOST } from '../contract/models/run-size.ts'
import { longestTensorName, TensorSummary } from '../contract/models/tensor.ts'
import { Uuid } from '../util/identifiers.ts'
import { plural } from '../words/human-number.ts'
import { binary, byUuid, get, LARGE_BODY, MINUTE, missing, none, type Operation, post, SECOND } from './operation.ts'

const tag = 'Model'
const readsOnly =
  'A token that may only read may do this: it changes nothing, takes one of the few processes for such work, and ends at its time-out.'

const graphQuery = z.strictObject({
  Scope: z
    .string()
    .max(10_000)
    .default('main')
    .meta({ description: 'The main graph (`main`), a sub-graph or a function; `Scope` of an attribute leads there' }),
  Offset: wholeNumber(0, 1_000_000_000_000).default(0).meta({ description: 'Number of nodes to skip (base 0)' }),
  Limit: wholeNumber(1, largestGraphPage).default(usualGraphPage).meta({ description: 'Number of nodes to return' }),
})

const tensorQuery = z.strictObject({
  Scope: z
    .string()
    .max(longestTensorName)
    .default('main')
    .meta({ description: 'The part of the graph that stores it, as `Scope` of an initializer in the report' }),
  Name: z
    .string()
    .max(longestTensorName)
    .default('')
    .meta({ description: 'Its name, as in `Initializers` of the report' }),
})

const conditions = z.object({
  Range: z
    .string()
    .optional()
    .meta({ description: 'A part of the file (RFC 9110 14.2)', examples: ['bytes=0-99'] }),
  'If-Range': z
    .string()
    .optional()
    .meta({ description: 'The `ETag` for which `Range` counts; else the whole file comes' }),
  'If-None-Match': z.string().optional().meta({ description: 'The `ETag` of what the caller has already' }),
})

/** A file comes under the MIME type in `Downloads`. */
const file = { '*/*': { schema: binary } }

export const NPZ = 'application/x-npz'
export const NPY = 'application/x-npy'

const run = {
  ...post,
  tag,
  scope: 'read',
  limit: 5 * MINUTE,
  params: byUuid,
  returns: 'The outputs',
  errors: missing,
} as const

const runRules =
  'Inputs that are left out are random, symbolic sizes follow from each other or default to 1. ' +
  `The body may be as large as the declared inputs need: 64 bytes a value in JSON, 8 in numpy's formats, and 1 MiB; where a size is open, ${plural(RUN_MOST.json, 'byte')} and ${plural(RUN_MOST.npz, 'byte')}. ${readsOnly}`

/** A model's file, what was read from it, and running it (contract.md 6). */
export const modelOperations = {
  downloadFile: {
    ...get,
    path: '/function/{uuid}/download/{name}',
    tag,
    limit: 5 * MINUTE,
    summary: 'Return a file of a function',
    description: 'Byte ranges and conditional requests work; `ETag` is the SHA-256 of the file.',
    params: byUuid.extend({ name: z.string().max(1_000).meta({ description: '`Name` in `Downloads`' }) }),
    headers: conditions,
    answer: none,
    answerTypes: file,
    answerHeaders: z.object({
      ETag: z.string().meta({ description: 'SHA-256 of the whole file, quoted' }),
      'Accept-Ranges': z.literal('bytes'),
      'Content-Disposition': z.string(),
    }),
    returns: 'The file',
    alsoReturns: {
      206: { returns: 'A part of the file', types: file },
      304: { returns: 'The file is the one that `If-None-Match` names' },
    },
    errors: {
      ...missing,
      416: 'The range lies beyond the end of the file',
      503: 'The file is lost or cannot be read',
    },
  },
  downloadFolder: {
    ...get,
    path: '/function/{uuid}/download.zip',
    tag,
    limit: 5 * MINUTE,
    summary: 'Return a model as a folder that runs without the cabinet',
    description:
      'A zip of `<name>/<name>.onnx`, its external data where it looks for them, its companions, and `README.md`: the model card, with what the ' +
      'function says now.',
    params: byUuid,
    answer: none,
    answerTypes: { 'application/zip': { schema: binary } },
    answerHeaders: z.object({ 'Content-Disposition': z.string() }),
    returns: 'The folder',
    errors: { ...missing, 503: 'A file is missing, lost or was changed on disk' },
  },
  getInspection: {
    ...get,
    path: '/function/{uuid}/inspection',
    tag,
    limit: 1 * SECOND,
    summary: 'Return what was read from the model',
    description:
      'Structure, signature, operators, sizes and warnings, and whether ONNX Runtime opens it on this machine.',
    params: byUuid,
    answer: Inspection,
    returns: 'The report',
    errors: missing,
  },
  checkFunction: {
    ...post,
    path: '/function/{uuid}/check',
    tag,
    summary: 'Check again whether the model runs on this machine',
    description:
      'It is opened in the background, as a new model is; the result appears in `Runtime` of the report and `Runs` of the function.',
    params: byUuid,
    answer: RuntimeCheck,
    returns: 'What is known until then',
    errors: { ...missing, 503: 'The file is lost' },
  },
  getGraph: {
    ...get,
    path: '/function/{uuid}/graph',
    tag,
    limit: 15 * SECOND,
    summary: "Return a page of the model's nodes",
    params: byUuid,
    query: graphQuery,
    answer: GraphPage,
    returns: 'The nodes',
    errors: missing,
  },
  getTensor: {
    ...get,
    path: '/function/{uuid}/tensor',
    tag,
    limit: 1 * MINUTE,
    summary: 'Summarise the values of a stored tensor',
    description:
      'Least, greatest, mean, standard deviation, zeros, NaN, infinities, a histogram and the first values, read from the file when asked for; of texts how many differ. Works for every element type, and for external data. ' +
      readsOnly,
    params: byUuid,
    query: tensorQuery,
    answer: TensorSummary,
    returns: 'The summary',
    errors: missing,
  },
  compareFunctions: {
    ...get,
    path: '/function/{uuid}/compare/{other}',
    tag,
    limit: 5 * MINUTE,
    summary: 'Compare two models, and say whether one can replace the other',
    description:
      'Signature, operators and weights; with `Inputs=random` both also run on the same inputs, and `Outputs` says how far their outputs differ. ' +
      readsOnly,
    params: byUuid.extend({ other: Uuid.meta({ description: 'The UUID of the other function' }) }),
    query: z.strictObject({ Inputs: z.enum(['random']).optional().meta({ description: 'Also run both' }) }),
    answer: Comparison,
    returns: 'The comparison',
    errors: missing,
  },
  benchmarkFunction: {
    ...post,
    path: '/function/{uuid}/benchmark',
    tag,
    summary: 'Measure how fast a model runs on this machine',
    description: 'A job; its result is a BenchmarkResult and is kept with the function.',
    params: byUuid,
    body: BenchmarkRequest,
    bodyLimit: LARGE_BODY,
    answer: Job,
    returns: 'The job that measures',
    errors: missing,
  },
  listBenchmarks: {
    ...get,
    path: '/function/{uuid}/benchmarks',
    tag,
    summary: 'Return what was measured before, newest first',
    params: byUuid,
    answer: z.array(BenchmarkEntry),
    returns: 'The benchmarks',
    errors: missing,
  },
  runFunction: {
    ...run,
    path: '/function/{uuid}/run',
    summary: 'Run a model once',
    description: `Inputs as JSON. ${runRules}`,
    body: RunRequest,
    bodyLimit: RUN_MOST.json,
    answer: RunResult,
  },
  runFunctionNpz: {
    ...run,
    path: '/function/{uuid}/run.npz',
    summary: "Run a model once, with inputs and outputs as numpy's files",
    description:
      'Inputs as `.npz` with an array for each input by its name, or as `.npy` (`application/x-npy`) for the only one; outputs as `.npz`. ' +
      '`/function/{uuid}/run` takes the same, and `Accept: application/x-npz` there gives the outputs as `.npz`. ' +
      runRules,
    bodyTypes: { [NPZ]: { schema: binary } },
    answer: none,
    answerTypes: { [NPZ]: { schema: binary } },
  },
} satisfies Record<string, Operation>
