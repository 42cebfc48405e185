import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { call } from '../../lib/api/client.ts'
import { dialogs } from '../../lib/state/dialogs.ts'

/** Starts an import by path; once it is under way the form is done, and the activity panel shows it. */
export function useStartImport(onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ImportRequest) => call(operations.importFiles, { body }),
    onSuccess: async () => {
      onDone()
      await client.invalidateQueries({ queryKey: ['jobs'] })
      dialogs.setState({ activity: true })
    },
  })
}
