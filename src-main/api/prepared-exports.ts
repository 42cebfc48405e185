import { randomUUID } from 'node:crypto'
import type { PreparedExport } from '../../src-contract/function-choice.ts'
import { Problem } from '../../src-contract/problem.ts'

/** More are not waited for: whoever prepares one fetches it at once. */
const KEPT = 20

/** Choices of functions too long for an address, which wait in memory until they are fetched by their own. */
export function createPreparedExports() {
  const prepared = new Map<string, readonly string[]>()
  return {
    /** @throws Problem `invalid` where there are no functions */
    add(functions: readonly string[]): PreparedExport {
      if (functions.length === 0)
        throw new Problem('invalid', 'None of these models is in the cabinet, so there is nothing to export.')
      const uuid = randomUUID()
      prepared.set(uuid, functions)
      for (const oldest of prepared.keys()) if (prepared.size > KEPT) prepared.delete(oldest)
      return { UUID: uuid, Count: functions.length }
    },
    /** The functions, also for a second attempt. @throws Problem `not-found` */
    get(uuid: string): readonly string[] {
      const functions = prepared.get(uuid)
      if (!functions) throw new Problem('not-found', 'There is no such export any more; prepare it again.', { uuid })
      return functions
    },
  }
}
