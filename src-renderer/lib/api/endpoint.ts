import { queryOptions } from '@tanstack/react-query'

/** Where other programs reach the cabinet, and what only the desktop knows of it. */
export type ShownEndpoint = { url: string | null; tokenFile: string | null; dataDirectory: string | null }

/** The bridge knows in the desktop app; a browser is at that address itself. */
export const endpointQuery = queryOptions({
  queryKey: ['endpoint'],
  queryFn: async (): Promise<ShownEndpoint> =>
    window.cabinet
      ? await window.cabinet.endpoint()
      : { url: window.location.origin, tokenFile: null, dataDirectory: null },
})
