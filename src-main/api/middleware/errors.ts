import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { zodProblem } from '../../../src-contract/util/zod-problem.ts'
import { goneFolderProblem, systemProblem } from '../../files/disk-problem.ts'
import type { ApiContext } from './environment.ts'
import { jsonFor } from './hide-paths.ts'

/** Where unexpected errors are written down. */
export type ErrorLog = (error: unknown, request: { method: string; path: string }) => void

/** Every error becomes the Message body; what nobody foresaw is logged, and told without its inside. */
export function answerErrors(log: ErrorLog, dataDirectory: string): (error: unknown, context: ApiContext) => Response {
  return (error, context) => {
    const problem = toProblem(systemProblem(goneFolderProblem(error, dataDirectory)))
    const abandoned = context.get('signal')?.aborted === true && context.get('signal').reason !== error
    if (problem.status === 500 && !abandoned) log(error, { method: context.req.method, path: context.req.path })
    return answerProblem(context, problem)
  }
}

export function answerProblem(context: ApiContext, problem: Problem): Response {
  if (problem.code === 'unauthenticated') context.header('WWW-Authenticate', 'Bearer realm="Model Cabinet"')
  return context.body(jsonFor(context.var.caller, problem.toMessage()), problem.status, {
    'Content-Type': 'application/json',
  })
}

/** @returns the error itself where it is a Problem, else the Problem that says it */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof z.ZodError) return zodProblem(error.issues)
  return new Problem(
    'unexpected',
    'Internal error in Model Cabinet. Saved data is not affected; see the log for details.',
    {
      cause: error,
    },
  )
}

export function unsupportedType(...accepted: string[]): Problem {
  return new Problem('unsupported-media-type', `The Content-Type of the body must be ${accepted.join(' or ')}.`, {
    field: 'Content-Type',
  })
}
