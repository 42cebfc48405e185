import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { MEMORY_LIMIT_NOTICE } from '../child/parent-watch.ts'
import type { ExitReason } from '../spawn/channel.ts'

/** Why a task has no reply: its time ran out, or its process ended, took too much memory, could not be started or was not ready in time. */
export type ChildFailureKind = 'deadline' | 'crash' | 'memory' | 'startup' | 'busy'

const codes: Partial<Record<ChildFailureKind, Problem['code']>> = { deadline: 'time-out', busy: 'unavailable' }

/** A task that ended with its process. */
export class ChildFailure extends Problem {
  readonly kind: ChildFailureKind
  readonly exit: ExitReason | undefined

  constructor(kind: ChildFailureKind, sentence: string, exit?: ExitReason) {
    super(codes[kind] ?? 'unexpected', sentence, { cause: exit?.output })
    this.name = 'ChildFailure'
    this.kind = kind
    this.exit = exit
  }
}

/** Whether the system ended the process: for want of memory, say, and not necessarily because of what it was doing. */
export function isEndedBySystem({ exit }: ChildFailure): boolean {
  return exit?.signal === 'SIGKILL' && !exit.output.includes(MEMORY_LIMIT_NOTICE)
}

/** What V8 says last where the heap of a process is full. */
const HEAP_LIMIT_NOTICE = 'JavaScript heap out of memory'

/** The failure that a process ended by itself; a SIGKILL that we did not send is the system's answer to a lack of memory. */
export function failureOfExit(kind: string, exit: ExitReason): ChildFailure {
  if (exit.output.includes(MEMORY_LIMIT_NOTICE) || exit.output.includes(HEAP_LIMIT_NOTICE)) {
    return new ChildFailure('memory', `The ${kind} process exceeded its memory limit and was stopped.`, exit)
  }
  if (exit.signal === 'SIGKILL') {
    return new ChildFailure(
      'memory',
      `The system stopped the ${kind} process, most likely because memory ran out.`,
      exit,
    )
  }
  const how = exit.signal ? `by signal ${exit.signal}` : `with code ${exit.code}`
  return new ChildFailure('crash', `The ${kind} process crashed (${how}).`, exit)
}

/** The failure of a process that was never ready; `limit` in milliseconds where it was ended for that. */
export function failureOfStart(kind: string, exit: ExitReason, limit: number | undefined): ChildFailure {
  if (limit !== undefined) {
    const late = `The ${kind} process was not ready after ${limit / 1000} s: the machine is very busy. Try again later.`
    return new ChildFailure('busy', late, exit)
  }
  if (exit.code === null && /\b(?:EMFILE|ENFILE|EAGAIN|ENOMEM)\b/.test(exit.output)) {
    const refused = `The system has no open files, processes or memory left to start the ${kind} process. Try again in a moment.`
    return new ChildFailure('busy', refused, exit)
  }
  return new ChildFailure('startup', `The ${kind} process could not be started; see the log for details.`, exit)
}
