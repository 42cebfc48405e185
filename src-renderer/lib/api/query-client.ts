import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'

/** A refusal is final; no answer at all is worth asking again, since the cabinet may just be starting. */
function worthAnotherTry(failures: number, error: Error): boolean {
  const passing = error instanceof ApiError && (error.status === 0 || error.status === 503)
  return passing && failures < 4
}

/** Server state lives here and nowhere else; only events make it stale, nothing polls. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: worthAnotherTry,
      retryDelay: (failures) => Math.min(2_000, 250 * 2 ** failures),
      refetchOnWindowFocus: false,
      // The cabinet is on this machine: whether the network is up says nothing about it.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
