import { randomUUID } from 'node:crypto'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ExportRequest, PreparedExport } from '../../../src-contract/contract/functions/selection.ts'

/** More are not kept: whoever prepares one fetches it at once. */
const KEPT = 20

/** Functions of all that wait, some 60 bytes each; the newest is kept whatever its size. */
const KEPT_FUNCTIONS = 2_000_000

/** Milliseconds that one is kept: time for a second attempt. */
const KEPT_FOR = 15 * 60_000

type Prepared = { functions: readonly string[]; as: ExportRequest['As'] }

/** Choices of functions too long for an address, which wait in memory until they are fetched by their own. */
export function createPreparedExports() {
  const prepared = new Map<string, Prepared>()

  function dropOldest(): void {
    let functions = 0
    for (const [at, [uuid, { functions: chosen }]] of [...prepared].reverse().entries()) {
      functions += chosen.length
      if (at >= KEPT || (at > 0 && functions > KEPT_FUNCTIONS)) prepared.delete(uuid)
    }
  }

  return {
    /** @throws Problem `invalid` where there are no functions */
    add(functions: readonly string[], as: ExportRequest['As'] = 'cabinet'): PreparedExport {
      if (functions.length === 0)
        throw new Problem('invalid', 'None of these models is in the cabinet, so there is nothing to export.')
      const uuid = randomUUID()
      prepared.set(uuid, { functions, as })
      setTimeout(() => prepared.delete(uuid), KEPT_FOR).unref()
      dropOldest()
      return { UUID: uuid, Count: functions.length }
    },
    /** The functions, also for a second attempt. @throws Problem `not-found` */
    get(uuid: string): Prepared {
      const one = prepared.get(uuid)
      if (!one) throw new Problem('not-found', 'This export is no longer available; prepare it again.', { uuid })
      return one
    },
  }
}
