import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../src-contract/problem.ts'
import type { ApiContext, Environment } from './environment.ts'

/**
 * Holds an operation to its time: past the limit the answer is 504 and the signal aborts, which cancels the work before
 * it is committed. The signal aborts too when the caller goes away.
 * @param limit milliseconds
 */
export function deadline(limit: number): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const controller = new AbortController()
    context.set('signal', controller.signal)
    const stopWatching = watchCaller(context, controller)
    const { promise: expired, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      const problem = timeOut(limit)
      controller.abort(problem)
      reject(problem)
    }, limit)
    try {
      await Promise.race([next(), expired])
    } finally {
      clearTimeout(timer)
      stopWatching()
    }
  }
}

export function timeOut(limit: number): Problem {
  const words = limit >= 60_000 ? `${limit / 60_000} minutes` : `${limit / 1_000} seconds`
  return new Problem('time-out', `This took longer than ${words} and was stopped. Nothing was changed.`)
}

/** @returns the way to stop */
function watchCaller(context: ApiContext, controller: AbortController): () => void {
  const gone = () => controller.abort(new Problem('malformed', 'The connection was closed before the answer.'))
  const outgoing = context.env?.outgoing
  if (outgoing) {
    outgoing.once('close', gone)
    return () => outgoing.off('close', gone)
  }
  const { signal } = context.req.raw
  if (signal.aborted) gone()
  signal.addEventListener('abort', gone, { once: true })
  return () => signal.removeEventListener('abort', gone)
}
