import type { z } from 'zod'
import type { Caller, Scope } from '../../../src-contract/contract/admin/caller.ts'
import type { JobKind } from '../../../src-contract/contract/admin/job.ts'
import type { Json } from '../../store/json.ts'

export type { Json }

/** At most so many rows change in one transaction; then the job yields, so that other requests get their turn. */
export const BATCH_ROWS = 200

/** Numbers for a person, and what there is of the result so far; what is left out stays as it was. */
export type ProgressReport = { done?: number; total?: number | null; unit?: string; message?: string; result?: Json }

/** What a running job can do and is told. */
export type JobRun<Checkpoint> = {
  readonly uuid: string
  /** In whose name it changes things; the scope was checked when it was started. */
  readonly caller: Caller
  /** What was saved last, by an earlier run of the same job; null at its beginning. */
  readonly checkpoint: Checkpoint | null
  /** Aborts on cancel, pause and when the program ends. Unwind then by throwing: pausing and ending go on from the checkpoint. */
  readonly signal: AbortSignal
  /** Cheap; shown at once to who asks, told in events a few times a second. */
  progress(report: ProgressReport): void
  /** One thing that could not be done while the rest goes on. All are counted, the first 500 are kept. */
  failure(what: string, message: string): void
  /**
   * Writes down where to go on. Called inside `store.change` it is part of that transaction, so that work and checkpoint
   * are never apart, and nothing is done twice after a crash.
   */
  save(checkpoint: Checkpoint): void
  /** Lets other work have its turn. @throws the signal's reason where the job must stop. */
  breathe(): Promise<void>
}

/** How a job ended without having done its work. */
type JobDefeat = { state: 'failed' | 'cancelled'; message: string }

/** What a job has to tell when it is done; `message` is its closing sentence in place of its last progress message. */
export type JobResult = { result: Json; message?: string }

/** A kind of job as its owner describes it. */
export type JobKindOptions<Input, Checkpoint> = {
  kind: JobKind
  input: z.ZodType<Input>
  checkpoint: z.ZodType<Checkpoint>
  /** Who may start and control such a job; `write` where nothing is said. */
  scope?: Scope | ((input: Input) => Scope)
  /** How many of this kind run at the same time. */
  atOnce: number
  /** What it is about to do, as the first message: "Importing 3 paths". */
  title(input: Input): string
  /**
   * Does the work.
   * @throws JobPostponed to be called again later; anything else fails the job (a Problem's sentence is shown as it is).
   */
  run(input: Input, job: JobRun<Checkpoint>): Promise<JobResult>
  /** Told in the transaction that writes `failed` or `cancelled` down. Must not throw; may start cleaning up. */
  defeated?(input: Input, checkpoint: Checkpoint | null, defeat: JobDefeat & { uuid: string }): void
  /** Where set, the job cannot go on from the middle: pausing is refused with this sentence, and a restart fails it. */
  indivisible?: string
}

/** The same with its types closed over, as the runner keeps it. */
export type JobDefinition = {
  readonly kind: JobKind
  readonly atOnce: number
  readonly indivisible: string | undefined
  scope(input: Json): Scope
  /** @throws ZodError where the input is not of this kind's shape. */
  title(input: Json): string
  run(input: Json, job: JobRun<Json>): Promise<JobResult>
  defeated(input: Json, checkpoint: Json, defeat: JobDefeat & { uuid: string }): void
}

/**
 * Describes a kind of job for `runner.register`. What was written down is checked against the schemas when it is read again.
 *
 *     runner.register(defineJob({
 *       kind: 'digests',
 *       input: z.object({ uuid: Uuid }),
 *       checkpoint: z.object({ next: z.int() }),
 *       atOnce: 1,
 *       title: () => 'Computing digests',
 *       async run({ uuid }, job) {
 *         const tensors = tensorsOf(uuid)
 *         for (let next = job.checkpoint?.next ?? 0; next < tensors.length; next += BATCH_ROWS) {
 *           const batch = await digest(tensors.slice(next, next + BATCH_ROWS), job.signal)
 *           store.change(() => {
 *             write(uuid, batch)
 *             job.save({ next: next + batch.length })
 *           })
 *           job.progress({ done: next + batch.length, total: tensors.length, unit: 'tensors' })
 *           await job.breathe()
 *         }
 *         return { result: { Tensors: tensors.length } }
 *       },
 *     }))
 *     runner.start(caller, 'digests', { uuid })
 */
export function defineJob<Input, Checkpoint extends Json>(options: JobKindOptions<Input, Checkpoint>): JobDefinition {
  const { kind, atOnce, indivisible, scope = 'write' } = options
  const inputOf = (value: Json) => options.input.parse(value)
  const checkpointOf = (value: Json) => (value === null ? null : options.checkpoint.parse(value))
  return {
    kind,
    atOnce,
    indivisible,
    scope: (input) => (typeof scope === 'function' ? scope(inputOf(input)) : scope),
    title: (input) => options.title(inputOf(input)),
    run: async (input, job) => options.run(inputOf(input), { ...job, checkpoint: checkpointOf(job.checkpoint) }),
    defeated: (input, checkpoint, defeat) => options.defeated?.(inputOf(input), checkpointOf(checkpoint), defeat),
  }
}

/** Thrown by a job that can do nothing now, such as while the network is away. It waits, says why, and is called again. */
export class JobPostponed extends Error {
  /** Milliseconds from now. */
  readonly delay: number

  constructor(sentence: string, delay: number) {
    super(sentence)
    this.delay = delay
  }
}

/** Why a running job's signal aborted. */
export class JobInterrupted extends Error {
  readonly by: 'cancel' | 'pause' | 'close'

  constructor(by: JobInterrupted['by']) {
    super(`The job was interrupted (${by}).`)
    this.by = by
  }
}
