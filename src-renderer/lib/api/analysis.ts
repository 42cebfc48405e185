import { z } from 'zod'
import { Job } from '../../../src-contract/contract/admin/job.ts'
import { BenchmarkEntry } from '../../../src-contract/contract/models/benchmark-entry.ts'
import { Comparison } from '../../../src-contract/contract/models/compare.ts'
import { GraphPage } from '../../../src-contract/contract/models/graph.ts'
import { type RunRequest, RunResult } from '../../../src-contract/contract/models/run.ts'
import { TensorSummary } from '../../../src-contract/contract/models/tensor.ts'
import { type Options, parse } from './parse.ts'
import { ask } from './transport.ts'

/** What differs between two models; with `random`, also how far their outputs lie apart on the same made-up inputs. */
export async function compareFunctions(
  left: string,
  right: string,
  inputs: 'none' | 'random',
  options: Options = {},
): Promise<Comparison> {
  const query = inputs === 'random' ? '?Inputs=random' : ''
  return parse(Comparison, await ask({ method: 'GET', path: `/function/${left}/compare/${right}${query}`, ...options }))
}

/** One page of the nodes of a scope of the graph. */
export async function getGraphPage(
  uuid: string,
  page: { scope: string; offset: number; limit: number },
  options: Options = {},
): Promise<GraphPage> {
  const query = new URLSearchParams({
    Scope: page.scope,
    Offset: String(page.offset),
    Limit: String(page.limit),
  })
  return parse(GraphPage, await ask({ method: 'GET', path: `/function/${uuid}/graph?${query}`, ...options }))
}

/** What the values of a stored tensor are like. */
export async function getTensor(
  uuid: string,
  { scope, name }: { scope: string; name: string },
  options: Options = {},
): Promise<TensorSummary> {
  const query = new URLSearchParams({ Scope: scope, Name: name })
  return parse(TensorSummary, await ask({ method: 'GET', path: `/function/${uuid}/tensor?${query}`, ...options }))
}

/** Runs a model once on this machine. */
export async function runFunction(uuid: string, request: RunRequest, options: Options = {}): Promise<RunResult> {
  return parse(RunResult, await ask({ method: 'POST', path: `/function/${uuid}/run`, json: request, ...options }))
}

/** Begins to measure a model. @returns the job that does it */
export async function startBenchmark(
  uuid: string,
  request: { Runs: number } & Pick<RunRequest, 'Dimensions' | 'Inputs'>,
): Promise<Job> {
  return parse(Job, await ask({ method: 'POST', path: `/function/${uuid}/benchmark`, json: request }))
}

const Benchmarks = z.array(BenchmarkEntry)

/** What was measured of a model, newest first. */
export async function listBenchmarks(uuid: string, options: Options = {}): Promise<BenchmarkEntry[]> {
  return parse(Benchmarks, await ask({ method: 'GET', path: `/function/${uuid}/benchmarks`, ...options }))
}
