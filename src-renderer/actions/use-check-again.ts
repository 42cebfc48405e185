import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FunctionDetail } from '../../src-contract/contract/functions/function.ts'
import { pendingRuntimeCheck } from '../../src-contract/contract/models/inspection.ts'
import { operations } from '../../src-contract/operations/operations.ts'
import { sentenceOf } from '../lib/api/api-error.ts'
import { call } from '../lib/api/client.ts'
import { functionQuery, inspectionQuery, operationsQuery } from '../lib/api/queries.ts'
import { tellProblem } from '../lib/notices/notify.tsx'

/** What has a model checked again whether it runs here, or null where it is being checked, cannot be, or the cabinet cannot. */
export function useCheckAgain(model: FunctionDetail): (() => void) | null {
  const client = useQueryClient()
  const available = useQuery(operationsQuery)
  const { mutate, isPending } = useMutation({
    mutationFn: () => call(operations.checkFunction, { uuid: model.UUID }),
    // Said at once, since a check may be over before anybody could ask how it goes; the cabinet's events bring what came of it.
    onMutate() {
      client.setQueryData(functionQuery(model.UUID).queryKey, (before) =>
        before ? { ...before, body: { ...before.body, Runs: null } } : before,
      )
      client.setQueryData(inspectionQuery(model.UUID).queryKey, (before) =>
        before ? { ...before, Runtime: pendingRuntimeCheck } : before,
      )
    },
    onError(error) {
      void client.invalidateQueries({ queryKey: ['function', model.UUID] })
      tellProblem(`${model.Name} was not checked again. ${sentenceOf(error)}`)
    },
  })
  const can = available.data?.has('/function/{uuid}/check') ?? false
  return can && !isPending && model.Status === 'ok' && model.Runs !== null ? () => mutate() : null
}
