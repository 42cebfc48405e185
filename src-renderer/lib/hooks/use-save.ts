import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { FunctionUpdate } from '../../../src-contract/contract/functions/function.ts'
import { type FunctionPage, updateFunction } from '../api/functions.ts'
import { expectEvent } from '../api/own-saves.ts'
import { functionQuery } from '../api/queries.ts'

/** How saving a field goes; `sentence` says why it was refused. */
export type Saving = { state: 'idle' | 'saving' | 'saved' | 'refused'; sentence: string }

/** How a mutation that saves a field goes. */
export const savingOf = ({ status, error }: Pick<UseMutationResult, 'status' | 'error'>): Saving => ({
  state: states[status],
  sentence: error?.message ?? '',
})

const states = { idle: 'idle', pending: 'saving', error: 'refused', success: 'saved' } as const

/**
 * Saves changes of one function, one after the other and against the revision that is on screen. Each field has its own, so that
 * what happened can be said beside it. A change that is still to be read from what was typed may throw an Error with a sentence.
 */
export function useSave(uuid: string) {
  const client = useQueryClient()
  const { queryKey } = functionQuery(uuid)
  const mutation = useMutation({
    scope: { id: `function ${uuid}` },
    mutationFn: async (given: FunctionUpdate | (() => FunctionUpdate)) => {
      const change = typeof given === 'function' ? given() : given
      const before = client.getQueryData(queryKey)?.revision
      const saved = await updateFunction(uuid, change, before)
      if (before !== undefined && saved.revision !== before) expectEvent(change, saved.body)
      return saved
    },
    onSuccess: (saved) => {
      client.setQueryData(queryKey, saved)
      // Which lists it is in, and where, follows with the event of the change.
      client.setQueriesData<FunctionPage>(
        { queryKey: ['functions', 'page'] },
        (page) =>
          page && {
            ...page,
            rows: page.rows.map((row) => (row.UUID === uuid ? { ...saved.body, Truncated: {} } : row)),
          },
      )
    },
    // Somebody else may have changed it: show what stands there now.
    onError: () => void client.invalidateQueries({ queryKey }),
  })
  return { save: mutation.mutateAsync, saving: savingOf(mutation) }
}
