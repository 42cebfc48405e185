import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
import { archiveKind } from '../../files/archive/open-archive.ts'
import type { FileStore } from '../../files/file-store.ts'
import { NetworkFailure } from '../../network/network-failure.ts'
import { openPartialFile, type PartialFile } from '../../network/partial-file.ts'
import type { FunctionChanges } from '../functions/function-changes.ts'
import { keepThenCommit } from '../functions/keep-files.ts'
import { prepareBundle, type UploadedFile } from '../functions/prepare-model.ts'
import {
  defineJob,
  type JobDefinition,
  JobInterrupted,
  JobPostponed,
  type JobResult,
  type JobRun,
} from '../jobs/job-definition.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { now } from '../kernel/change-log.ts'
import type { StructureReader } from '../reports/report-reader.ts'
import { addressBeside, type Fetched, type FetchRules, type FetchTarget, fetchLink } from './fetch-link.ts'
import type { SecretBox } from './link-secret.ts'
import type { LinkedFunction, LinkState } from './link-state.ts'
import { defaultProjectName, HIDDEN } from './link-target.ts'

const FetchInput = z.object({ function: Uuid })
const FetchCheckpoint = z.object({
  /** Tries since something last came. */
  tries: z.int(),
  /** Bytes that were there at the last try. */
  size: z.int(),
  /** By the location of a file, '' for the model: proof that the bytes in its partial file are of the file as the server has it. */
  validators: z.record(z.string(), z.string().nullable()).default({}),
  /** The files that came whole. */
  whole: z
    .record(
      z.string(),
      z.object({
        sha256: z.string(),
        fileName: z.string(),
        tag: z.string().nullable(),
        title: z.string().nullable(),
        commit: z.string().nullable(),
      }),
    )
    .default({}),
})
type FetchCheckpoint = z.infer<typeof FetchCheckpoint>

/** When a fetch that did not work is tried again. Milliseconds. */
export type RetryRules = {
  /** Tries without a step forward after which it counts as failed. */
  tries: number
  /** The longest wait after the first try; doubled after each further one, up to `cap`. */
  base: number
  cap: number
  /** How often to look whether the network is back. */
  offline: number
}
export const retryRules: RetryRules = { tries: 8, base: 2_000, cap: 5 * 60_000, offline: 20_000 }
/** A server that asks to be left alone for longer than this, in ms, is asked again all the same. */
const LONGEST_RETRY_AFTER = 60 * 60_000
/** Bytes that count as a step forward. */
const STEP = 64 * 1024

export type FetchParts = {
  directory: string
  files: FileStore
  changeLog: ChangeLog
  changes: FunctionChanges
  reader: StructureReader
  isNamed: (sha256: string) => boolean
  /** Whether a function has external files, of which any may have changed. */
  isOfSeveral: (functionId: number) => boolean
  /** Told when a function has a new model. */
  onNewModel(): void
  state: LinkState
  secrets: SecretBox
  limit: () => number
  rules: FetchRules
  retry: RetryRules
}

type WholeModel = Fetched & { external: UploadedFile[] }

export type FetchJobs = {
  definition: JobDefinition
  /** Removes what downloads left that no job goes on with. */
  sweep(unfinished: ReadonlySet<string>): Promise<void>
}

/** The job that fetches a linked function's file, until it has it or nothing more is to be expected. */
export function createFetchJobs({
  directory,
  files,
  changeLog,
  changes,
  reader,
  isNamed,
  isOfSeveral,
  onNewModel,
  state,
  secrets,
  limit,
  rules,
  retry,
}: FetchParts): FetchJobs {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const partOf = (job: string, location: string) =>
    join(directory, `${job}${location === '' ? '' : `.${createHash('sha256').update(location).digest('hex')}`}.part`)

  function removeParts(job: string): void {
    for (const name of readdirSync(directory)) if (jobOf(name) === job) rmSync(join(directory, name), { force: true })
  }

  function linkOf(uuid: string): LinkedFunction {
    const found = state.find(uuid)
    if (!found) throw new Problem('not-found', 'The function was removed or unlinked in the meantime.', { uuid })
    return found
  }

  function secretOf(uuid: string, { link }: LinkedFunction): string | null {
    // An export carries no secrets.
    const needsSecret = link.kind === 'EdgeImpulse' || link.target.includes(HIDDEN)
    if (link.secret === null && !needsSecret) return null
    const secret = link.secret && secrets.open(uuid, link.secret)
    if (secret) return secret
    throw new Problem(
      'unavailable',
      'The stored key of this link cannot be read on this machine. Link the function again.',
    )
  }

  /** One try to fetch the model and the files that it names. */
  async function fetchOnce(uuid: string, job: JobRun<FetchCheckpoint>): Promise<WholeModel | 'unchanged'> {
    const linked = linkOf(uuid)
    const { kind, target, etag } = linked.link
    const saved = { tries: 0, size: 0, validators: {}, whole: {}, ...job.checkpoint }
    const opened: PartialFile[] = []

    async function fetchPart(location: string, wanted: FetchTarget): Promise<Fetched | 'unchanged'> {
      const part = openPartialFile(partOf(job.uuid, location))
      opened.push(part)
      const known = saved.whole[location]
      const file = known && (await part.append(nothing(), job.signal))
      if (known && file?.sha256 === known.sha256) return { ...known, file }
      const fetched = await fetchLink(wanted, {
        part,
        validator: saved.validators[location] ?? null,
        limit: limit(),
        rules,
        files,
        signal: job.signal,
        onValidator(given) {
          saved.validators[location] = given
          job.save(structuredClone(saved))
        },
        onProgress: (done, total) => job.progress({ done, total, unit: 'bytes' }),
      })
      if (fetched === 'unchanged') return fetched
      const { file: staged, ...about } = fetched
      saved.whole[location] = { ...about, sha256: staged.sha256 }
      job.save(structuredClone(saved))
      return fetched
    }

    try {
      // What is known of a file that is lost or was never readable is of no use, nor of one of several.
      const knownTag = linked.stored.fileSha256 === null || isOfSeveral(linked.stored.id) ? null : etag
      const secret = secretOf(uuid, linked)
      const model = await fetchPart('', { kind, target, secret, knownTag })
      if (model === 'unchanged') return model
      if (kind !== 'Url') return { ...model, external: [] }
      return { ...model, external: await fetchExternal(model, secret ?? target, fetchPart, job) }
    } catch (error) {
      // What was being written when the job was cancelled may have come after the file was removed.
      if (error instanceof JobInterrupted && error.by === 'cancel') removeParts(job.uuid)
      if (!(error instanceof NetworkFailure)) throw error
      if (error.kind === 'refused') throw new Problem('invalid', error.message, { cause: error })
      await changeLog.writeLock.whenFree({ signal: job.signal })
      const size = (await Promise.all(opened.map((part) => part.size()))).reduce((sum, one) => sum + one, 0)
      const stepped = size >= saved.size + STEP
      const offline = error.kind === 'offline'
      const tries = stepped ? 1 : saved.tries + (offline ? 0 : 1)
      job.save({ ...saved, tries, size: stepped ? size : saved.size })
      if (tries >= retry.tries) throw new Problem('unavailable', `${error.message} Gave up after ${tries} attempts.`)
      const sentence = offline
        ? `${error.message} The download resumes when the network is back.`
        : `${error.message} Retrying.`
      state.change(uuid, { status: 'downloading', message: sentence })
      throw new JobPostponed(sentence, offline ? retry.offline : delayAfter(tries, error.retryAfter))
    }
  }

  /** The data files that a model names, from next to its address; what is not there is left missing, and the job names it. */
  async function fetchExternal(
    { file, fileName, commit }: Fetched,
    from: string,
    fetchPart: (location: string, target: FetchTarget) => Promise<Fetched | 'unchanged'>,
    job: JobRun<FetchCheckpoint>,
  ): Promise<UploadedFile[]> {
    if ((await archiveKind(file.path)) !== undefined) return []
    const { External } = await reader.inspect(file.path, { fileName, external: [], signal: job.signal })
    const fetched: UploadedFile[] = []
    for (const { Location, State } of External) {
      if (State !== 'missing') continue
      const address = addressBeside(from, commit, Location)
      try {
        const part = await fetchPart(Location, { kind: 'Url', target: address, secret: address, knownTag: null })
        if (part !== 'unchanged') fetched.push({ ...part.file, fileName: Location })
      } catch (error) {
        if (!(error instanceof NetworkFailure) || error.kind !== 'refused') throw error
        job.failure(Location, error.message)
      }
    }
    return fetched
  }

  function delayAfter(tries: number, asked: number | undefined): number {
    if (asked !== undefined) return Math.min(asked, LONGEST_RETRY_AFTER)
    // Spread at random, so that many downloads from one server do not come back all at once.
    return Math.min(retry.cap, retry.base * 2 ** (tries - 1)) * (0.5 + Math.random() / 2)
  }

  /** Makes what was fetched the function's model, in one transaction with what is known of the link. */
  async function keep(
    uuid: string,
    { file, fileName, title, tag, external }: WholeModel,
    job: JobRun<FetchCheckpoint>,
  ): Promise<void> {
    const { stored, link } = linkOf(uuid)
    const { signal } = job
    const unnamed = link.kind === 'EdgeImpulse' && stored.item.Name === defaultProjectName(link.target)
    const patch = unnamed && title !== null ? { Name: title.trim().slice(0, 200) } : {}
    const bundle = { ...file, fileName: /\.\w{1,8}$/.test(fileName) ? fileName : `${stored.item.Name}.onnx` }
    try {
      const options = { reader, directory: files.incoming, limit: limit(), signal }
      const model = await prepareBundle(bundle, options, external)
      await keepThenCommit(files, model.files, { isNamed, writeLock: changeLog.writeLock, signal }, () =>
        changeLog.change(() => {
          changes.update(job.caller, uuid, patch, { model, devices: [] })
          state.change(uuid, { status: 'ok', message: '', etag: tag, downloadedAt: now() })
        }),
      )
    } finally {
      await Promise.all([file, ...external].map((one) => one.discard()))
    }
    onNewModel()
  }

  const definition = defineJob({
    kind: 'fetch',
    input: FetchInput,
    checkpoint: FetchCheckpoint,
    atOnce: 3,
    title: ({ function: uuid }) => `Downloading “${state.find(uuid)?.stored.item.Name ?? 'a model'}”`,
    async run({ function: uuid }, job): Promise<JobResult> {
      const name = linkOf(uuid).stored.item.Name
      job.progress({ message: `Downloading “${name}”` })
      state.change(uuid, { status: 'downloading', message: '' })
      try {
        const fetched = await fetchOnce(uuid, job)
        await changeLog.writeLock.whenFree({ signal: job.signal })
        if (fetched === 'unchanged') {
          state.change(uuid, { status: 'ok', message: '' })
          return { result: { Changed: false }, message: `“${name}” is the same as before` }
        }
        job.progress({ message: `Reading “${name}”` })
        await keep(uuid, fetched, job)
        const { size, sha256 } = fetched.file
        return { result: { Changed: true, Size: size, Sha256: sha256 }, message: `Downloaded “${name}”` }
      } catch (error) {
        await changeLog.writeLock.whenFree()
        // A wrong address leaves no model behind; what may yet work, or worked once, does.
        if (error instanceof Problem && ['invalid', 'too-large'].includes(error.code)) {
          removeParts(job.uuid)
          state.dropNeverFetched(uuid)
        }
        throw error
      }
    },
    defeated({ function: uuid }, _, { uuid: job, state: outcome, message }) {
      const hasFile = (state.find(uuid)?.stored.fileSha256 ?? null) !== null
      if (outcome === 'failed') state.change(uuid, { status: 'error', message })
      else state.change(uuid, { status: hasFile ? 'ok' : 'error', message: 'The download was cancelled.' })
      if (outcome === 'cancelled') removeParts(job)
    },
  })

  return {
    definition,
    async sweep(unfinished) {
      for (const name of await readdir(directory)) {
        if (!unfinished.has(jobOf(name))) await rm(join(directory, name), { force: true })
      }
    },
  }
}

/** The job whose partial file goes by a name. */
const jobOf = (name: string) => name.split('.')[0] ?? ''

async function* nothing(): AsyncGenerator<Uint8Array> {}
