import { useMutation, useQueryClient } from '@tanstack/react-query'
import { startImport } from '../../lib/api/admin.ts'
import { dialogs } from '../../lib/state/dialogs.ts'

/** Starts an import by path; once it is under way the form is done, and the activity panel shows it. */
export function useStartImport(onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: startImport,
    onSuccess: async () => {
      onDone()
      await client.invalidateQueries({ queryKey: ['jobs'] })
      dialogs.setState({ activity: true })
    },
  })
}
