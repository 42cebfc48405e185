import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ApiContext } from './environment.ts'
import { answerProblem } from './errors.ts'

type Route = { method: string; path: string }

/** Answers what no route took: 405 with `Allow` where the path is known under another method, else 404. */
export function answerUnrouted(routes: readonly Route[]): (context: ApiContext) => Response {
  const known = routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`) }))
  return (context) => {
    const { method, path } = context.req
    const methods = new Set(known.filter(({ pattern }) => pattern.test(path)).map((route) => route.method))
    if (methods.size === 0) {
      return answerProblem(context, new Problem('not-found', `There is nothing at ${path.slice(0, 200)}.`))
    }
    if (methods.has('GET')) methods.add('HEAD')
    const allowed = [...methods].sort().join(', ')
    context.header('Allow', allowed)
    return answerProblem(
      context,
      new Problem(
        'method-not-allowed',
        `${method.slice(0, 20)} is not possible here; ${allowed} ${methods.size === 1 ? 'is' : 'are'}.`,
      ),
    )
  }
}
