import { Problem } from '../../src-contract/contract/admin/problem.ts'

/**
 * Does something with the first of these requests that the model takes.
 * @throws Problem what was said of the first request, where none is taken
 */
export async function firstThatRuns<Request, Result>(
  requests: readonly Request[],
  use: (request: Request) => Promise<Result>,
): Promise<{ result: Result; request: Request }> {
  let refused: Problem | undefined
  for (const request of requests) {
    try {
      return { result: await use(request), request }
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'invalid') throw error
      refused ??= error
    }
  }
  throw refused ?? new Problem('invalid', 'There are no inputs to run the model on.')
}
