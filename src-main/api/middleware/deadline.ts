import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ApiContext, Environment } from './environment.ts'

/** Milliseconds in which work that is past its time must have cleared away what it left. */
const CLEARING = 1_000

/**
 * Holds an operation to its time: past the limit the signal aborts, which cancels the work before it is committed, and the answer is
 * 504 once what it left is cleared away. Work that does not listen is answered for a moment later. The signal aborts too when the caller
 * goes away.
 * @param limit milliseconds
 */
export function deadline(limit: number): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const controller = new AbortController()
    context.set('signal', controller.signal)
    const stopWatching = watchCaller(context, controller)
    const { promise: lost, reject } = Promise.withResolvers<never>()
    let problem: Problem | undefined
    let timer = setTimeout(() => {
      const late = timeOut(limit)
      problem = late
      controller.abort(late)
      timer = setTimeout(() => reject(late), CLEARING)
    }, limit)
    try {
      await Promise.race([next(), lost])
    } finally {
      clearTimeout(timer)
      stopWatching()
    }
    // Whatever words the work found for its end. What it had finished all the same is answered as it is.
    if (context.error && problem && controller.signal.reason === problem) throw problem
  }
}

export function timeOut(limit: number): Problem {
  const words = limit >= 60_000 ? `${limit / 60_000} minutes` : `${limit / 1_000} seconds`
  return new Problem('time-out', `Stopped after ${words}, the limit for this operation. Nothing was changed.`)
}

/** @returns the way to stop */
function watchCaller(context: ApiContext, controller: AbortController): () => void {
  const gone = () =>
    controller.abort(new Problem('malformed', 'The connection was closed before the response was sent.'))
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
