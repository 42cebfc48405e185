import type { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ChildKind, ExitReason, Spawn } from '../spawn/channel.ts'
import { ChildFailure, failureOfExit, failureOfStart } from './child-failure.ts'
import { createPoolChild, type PoolChild } from './pool-child.ts'
import { type Task, type TaskReply, unpackProblem } from './task.ts'
import { createTaskQueue, type Priority } from './task-queue.ts'

export type PoolOptions = {
  spawn: Spawn
  kind: ChildKind
  args?: readonly string[]
  /** Tasks done at the same time, at most. */
  size: number
  /** Processes that stand ready beside the busy ones. */
  spare: number
  /** Until this resolves only waiting tasks start processes: a start has more urgent things to do than to get spare ones ready. */
  spareAfter?: Promise<unknown>
  /** Milliseconds in which a child must say that it is ready. */
  startupLimit?: number | undefined
  /** Milliseconds for which a task goes on before a new spare process is started: a short one gives its own back sooner. */
  spareDelay?: number
  /** Milliseconds after which a process beyond the spare ones is ended for want of work. */
  idleLimit?: number
}

type RunOptions<Progress> = {
  /** Milliseconds from the moment a process takes the task; then the process is killed. Waiting in the queue is the signal's matter. */
  deadline: number
  /** Takes the task out of the queue, or kills its process; the call rejects with the signal's reason. */
  signal?: AbortSignal | undefined
  /** A process at work is not killed by the signal, but by the deadline alone: what it has in memory is worth more than the moment that it goes on. */
  outlivesSignal?: boolean
  /** Background tasks wait until no interactive one does, and leave one process free. */
  priority?: Priority
  onProgress?: (progress: Progress) => void
}

export interface Pool {
  /**
   * Has a child do the task and checks its answer.
   * @throws Problem as the task threw it; ChildFailure where the process was ended or ended itself; the signal's reason
   */
  run<Argument extends z.ZodType, Result extends z.ZodType, Progress extends z.ZodType>(
    task: Task<Argument, Result, Progress>,
    argument: z.input<Argument>,
    options: RunOptions<z.output<Progress>>,
  ): Promise<z.output<Result>>
  /** Process ids of the children that run. */
  pids(): number[]
  /** Refuses what waits, ends every child and resolves when none is left. */
  close(): Promise<void>
}

/** A task on its way: `settle` is called once, with a reply or with an error. */
type Job = {
  task: string
  argument: unknown
  deadline: number
  priority: Priority
  progress(value: unknown): void
  succeed(value: unknown): void
  fail(error: unknown): void
}

/** Keeps child processes for tasks that may hang, crash or have to be stopped at once. */
export function createPool({
  spawn,
  kind,
  args = [],
  size,
  spare: spareLater,
  spareAfter,
  startupLimit = 120_000,
  spareDelay = 100,
  idleLimit = 30_000,
}: PoolOptions): Pool {
  const queue = createTaskQueue<Job>()
  const children = new Set<PoolChild>()
  const jobs = new Map<PoolChild, { job: Job; id: number; timer: NodeJS.Timeout }>()
  let nextId = 1
  let spare = spareAfter === undefined ? spareLater : 0
  let closing: Promise<void> | undefined
  // While children end before their first task they are started for waiting tasks only, so that a broken program makes no storm of processes.
  let startsFail = false
  let spareTimer: NodeJS.Timeout | undefined

  function start(): void {
    const child = createPoolChild(spawn(kind, args), {
      startupLimit,
      onReply: (reply) => receive(child, reply),
      onGone: (exit, was) => gone(child, exit, was),
    })
    children.add(child)
  }

  function dispatch(): void {
    if (closing) return
    while (queue.length > 0 && jobs.size < size) {
      const child = [...children].find((one) => one.state === 'idle')
      const job = child && takeNext()
      if (!child || !job) break
      assign(child, job)
    }
    startMissing(0)
    spareTimer ??= setTimeout(() => {
      spareTimer = undefined
      startMissing(spare)
    }, spareDelay).unref()
  }

  /** Starts what is missing for tasks that wait, and as many beside. */
  function startMissing(beside: number): void {
    if (closing) return
    const wanted = Math.min(queue.length, size - jobs.size) + (startsFail ? 0 : beside)
    const standing = [...children].filter(({ state }) => state === 'idle' || state === 'starting').length
    for (let missing = wanted - standing; missing > 0; missing--) start()
  }

  /** Background tasks leave one place free, so that who waits for an answer never waits for them. */
  function takeNext(): Job | undefined {
    const inBackground = [...jobs.values()].filter(({ job }) => job.priority === 'background').length
    return inBackground < Math.max(1, size - 1) ? queue.take('interactive', 'background') : queue.take('interactive')
  }

  function assign(child: PoolChild, job: Job): void {
    const id = nextId++
    const timer = setTimeout(() => {
      const seconds = job.deadline / 1000
      release(child)?.fail(new ChildFailure('deadline', `Stopped after ${seconds} s, the limit for this operation.`))
      child.end()
      dispatch()
    }, job.deadline)
    jobs.set(child, { job, id, timer })
    child.work({ id, task: job.task, argument: job.argument })
  }

  /** Takes the job away from the child. */
  function release(child: PoolChild): Job | undefined {
    const current = jobs.get(child)
    if (!current) return undefined
    clearTimeout(current.timer)
    jobs.delete(child)
    return current.job
  }

  function receive(child: PoolChild, reply: TaskReply): void {
    const current = jobs.get(child)
    if (reply.kind === 'progress') {
      if (reply.id === current?.id) current.job.progress(reply.value)
      return
    }
    if (reply.kind === 'ready' && !current) rest(child)
    if (reply.kind !== 'ready' && reply.id === current?.id) {
      release(child)
      startsFail = false
      if (reply.last) child.end()
      else rest(child)
      if (reply.kind === 'result') current.job.succeed(reply.value)
      else current.job.fail(unpackProblem(reply.problem))
    }
    dispatch()
  }

  function rest(child: PoolChild): void {
    child.rest(idleLimit, () => [...children].filter(({ state }) => state === 'idle').length > spare)
  }

  function gone(child: PoolChild, exit: ExitReason, was: PoolChild['state']): void {
    children.delete(child)
    release(child)?.fail(failureOfExit(kind, exit))
    if (!child.hasWorked && was !== 'ending') startsFail = true
    if (was === 'starting') {
      queue.take('interactive', 'background')?.fail(failureOfStart(kind, exit, child.isLate ? startupLimit : undefined))
    }
    dispatch()
  }

  function drop(job: Job): void {
    if (queue.remove(job)) return
    for (const [child, current] of jobs) {
      if (current.job !== job) continue
      release(child)
      child.end()
    }
    dispatch()
  }

  startMissing(spare)
  const startSpares = () => {
    spare = spareLater
    startMissing(spare)
  }
  void spareAfter?.then(startSpares, startSpares)

  return {
    run(task, argument, { deadline, signal, outlivesSignal = false, priority = 'interactive', onProgress }) {
      return new Promise((resolve, reject) => {
        if (closing) return reject(closedProblem())
        if (signal?.aborted) return reject(signal.reason)
        const abort = () => {
          if (outlivesSignal) queue.remove(job)
          else drop(job)
          reject(signal?.reason)
        }
        const settle = () => signal?.removeEventListener('abort', abort)
        const job: Job = {
          task: task.name,
          argument,
          deadline,
          priority,
          progress(value) {
            const parsed = task.progress?.safeParse(value)
            if (parsed?.success) onProgress?.(parsed.data)
          },
          succeed(value) {
            settle()
            const { success, data, error } = task.result.safeParse(value)
            if (success) resolve(data)
            else
              reject(
                new Problem('unexpected', `The ${kind} process returned an unexpected response.`, { cause: error }),
              )
          },
          fail(error) {
            settle()
            reject(error)
          },
        }
        signal?.addEventListener('abort', abort, { once: true })
        queue.add(job, priority)
        dispatch()
      })
    },
    pids: () => [...children].flatMap(({ pid }) => (pid === undefined ? [] : [pid])),
    close() {
      closing ??= closeAll()
      return closing
    },
  }

  async function closeAll(): Promise<void> {
    clearTimeout(spareTimer)
    for (let job = queue.take('interactive', 'background'); job; job = queue.take('interactive', 'background'))
      job.fail(closedProblem())
    const ends = [...children].map((child) => {
      release(child)?.fail(closedProblem())
      child.end()
      return child.ended
    })
    await Promise.all(ends)
  }
}

function closedProblem(): Problem {
  return new Problem('unavailable', 'The cabinet is closing.')
}
