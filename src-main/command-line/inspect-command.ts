import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Command } from 'commander'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { Inspection } from '../../src-contract/contract/models/inspection.ts'
import { createExclusion } from '../files/exclusion.ts'
import { findCandidates } from '../files/find-candidates.ts'
import { UnreadableModel } from '../onnx/decode/unreadable-model.ts'
import { inspect } from '../onnx/report/inspect.ts'
import { digestTensors, withTensorDigests } from '../onnx/tensors/digest-tensors.ts'
import { WireError } from '../onnx/wire/wire-error.ts'
import { describeReport } from './describe-report.ts'
import { type FoundModel, type OpenModel, withModels } from './open-model.ts'
import { printable } from './printable.ts'
import { createRunCheck, type RunCheck } from './run-check.ts'

/** Bytes that are hashed at once. */
const PIECE = 8 * 1024 * 1024

type InspectOptions = { json: boolean; hash: boolean; run: boolean }

/** Adds to a report what takes longer than reading the structure. */
type Enrichment = (
  report: Inspection,
  opened: OpenModel,
  structure: ReturnType<typeof inspect>,
  path: string,
) => Promise<Inspection>

/**
 * `inspect FILE|FOLDER…`: describes every model, for people or as JSON. The exit code is 0 when every file was read.
 * Results go to stdout in order; what could not be read goes to stderr, or with --json into the results.
 */
export function inspectCommand(): Command {
  return new Command('inspect')
    .description('Describe ONNX models: .onnx files, archives (.zip, .tar, .tar.gz) of models, and folders of them.')
    .argument('<path...>', 'files, or folders to search recursively')
    .option('--json', 'one JSON object a line: {"Path","Report"} or {"Path","Error"}', false)
    .option('--hash', 'also the SHA-256 of the file and of every tensor', false)
    .option('--run', 'also whether ONNX Runtime opens the model on this machine', false)
    .showHelpAfterError()
    .action(async (paths: string[], options: InspectOptions) => {
      endQuietlyWhenNobodyReads()
      const runCheck = options.run ? createRunCheck() : undefined
      try {
        const enrichments = [...(options.hash ? [addDigests] : []), ...(runCheck ? [addRuntime(runCheck)] : [])]
        process.exitCode = (await inspectAll(paths, options, enrichments)) ? 0 : 1
      } finally {
        await runCheck?.close()
      }
    })
}

async function inspectAll(
  paths: readonly string[],
  options: InspectOptions,
  enrichments: readonly Enrichment[],
): Promise<boolean> {
  let read = 0
  let failed = 0

  async function tell(model: FoundModel): Promise<void> {
    const { path } = model
    try {
      const report = await inspectOne(model, enrichments)
      read++
      print(options.json ? JSON.stringify({ Path: path, Report: report }) : printable(describeReport(path, report)))
    } catch (error) {
      fail(path, sentenceOf(error, path))
    }
  }

  function fail(path: string, sentence: string): void {
    failed++
    if (options.json) print(JSON.stringify({ Path: path, Error: sentence }))
    else complain(basename(path) === path ? sentence : `${path}: ${sentence}`)
  }

  async function tellFile(path: string, isNamed: boolean): Promise<void> {
    try {
      await withModels(path, async (models) => {
        for (const model of models) await tell(model)
      })
    } catch (error) {
      if (!isNamed && error instanceof UnreadableModel && error.code === 'no-model-in-archive') return
      fail(path, sentenceOf(error, path))
    }
  }

  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false
    if (!isFolder) {
      await tellFile(path, true)
      continue
    }
    const { candidates, unreadable } = await findCandidates([path], { recursive: true, exclusion: createExclusion() })
    for (const one of candidates) await tellFile(one, false)
    for (const one of unreadable) fail(one.path, one.message)
  }
  if (read + failed === 0) complain(`There is no .onnx file in ${paths.join(', ')}.`)
  else if (read + failed > 1 && !options.json) complain(`${read} read, ${failed} not read`)
  return failed === 0 && read > 0
}

async function inspectOne({ path, open }: FoundModel, enrichments: readonly Enrichment[]): Promise<Inspection> {
  const opened = await open()
  try {
    const structure = inspect(opened.source, { fileName: opened.fileName, externalFiles: opened.externalFiles })
    let report = structure.report
    for (const enrich of enrichments) report = await enrich(report, opened, structure, path)
    return report
  } finally {
    opened.close()
  }
}

const addDigests: Enrichment = async (report, { source, externalFiles }, { model }) => {
  const hash = createHash('sha256')
  for (let at = 0; at < source.size; at += PIECE) hash.update(source.read(at, Math.min(PIECE, source.size - at)))
  const digests = await Array.fromAsync(digestTensors(source, model, externalFiles))
  return { ...withTensorDigests(report, digests), FileSha256: hash.digest('hex') }
}

const addRuntime =
  (runCheck: RunCheck): Enrichment =>
  async (report, opened, _, path) => ({ ...report, Runtime: await runCheck.check(path, opened, report) })

function sentenceOf(error: unknown, path: string): string {
  if (error instanceof UnreadableModel || error instanceof Problem) return error.message
  if (error instanceof WireError)
    return `The values of its tensors are damaged: at byte ${error.offset} ${error.message}.`
  if (error instanceof Error && 'syscall' in error) return `${path} cannot be read: ${error.message}.`
  throw error
}

function complain(text: string): void {
  process.stderr.write(`${printable(text)}\n`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** `inspect … | head` closes the pipe early; that is no failure, and nothing more need be read. */
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
}
