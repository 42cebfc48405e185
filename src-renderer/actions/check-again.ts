import type { FunctionItem } from '../../src-contract/contract/functions/function.ts'
import { pendingRuntimeCheck } from '../../src-contract/contract/models/inspection.ts'
import { operations } from '../../src-contract/operations/operations.ts'
import { sentenceOf } from '../lib/api/api-error.ts'
import { call } from '../lib/api/client.ts'
import { functionQuery, inspectionQuery } from '../lib/api/queries.ts'
import { queryClient } from '../lib/api/query-client.ts'
import { tellProblem } from '../lib/notices/notify.tsx'

/** Whether it makes sense to check again whether a model runs here: not while it is being checked. */
export const canCheckAgain = (
  { Status, Runs }: Pick<FunctionItem, 'Status' | 'Runs'>,
  can: (path: string) => boolean,
): boolean => can('/function/{uuid}/check') && Status === 'ok' && Runs !== null

/** Has the cabinet check again whether a model runs here. */
export async function checkAgain({ UUID, Name }: Pick<FunctionItem, 'UUID' | 'Name'>): Promise<void> {
  // Shown at once, since the check may be over before an answer comes; the cabinet's events bring the result.
  queryClient.setQueryData(
    functionQuery(UUID).queryKey,
    (before) => before && { ...before, body: { ...before.body, Runs: null } },
  )
  queryClient.setQueryData(
    inspectionQuery(UUID).queryKey,
    (before) => before && { ...before, Runtime: pendingRuntimeCheck },
  )
  try {
    await call(operations.checkFunction, { uuid: UUID })
  } catch (error) {
    await queryClient.invalidateQueries({ queryKey: ['function', UUID] })
    tellProblem(`${Name} was not checked again. ${sentenceOf(error)}`)
  }
}
