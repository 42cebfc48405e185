import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { operations } from '../../../src-contract/operations/operations.ts'
import { call } from './client.ts'
import { countList } from './count-lists.ts'
import { getFunction, listFunctions, listHistory, listTrash } from './functions.ts'

/** Rows that one request of the list asks for. */
export const PAGE_SIZE = 100
/** Rows that the API gives at once at most. */
const MOST_ROWS = 1_000

export type Filters = Readonly<Record<string, string>>

/** One page of the list. */
export const pageQuery = (filters: Filters, page: number) =>
  queryOptions({
    queryKey: ['functions', 'page', filters, page],
    queryFn: ({ signal }) => listFunctions(filters, { offset: page * PAGE_SIZE, limit: PAGE_SIZE }, { signal }),
  })

/** How many functions pass the filters, in whatever order: one question for all who show that number. */
export const countQuery = ({ OrderBy: _, ...filters }: Filters) =>
  queryOptions({
    queryKey: ['functions', 'count', filters],
    // The cabinet knows how many there are before it has read its lists, so that the window need not wait for those.
    queryFn: async ({ signal }) =>
      Object.keys(filters).length > 0
        ? countList(filters)
        : (await listFunctions(filters, { offset: 0, limit: 1 }, { signal })).total,
    placeholderData: keepPreviousData,
  })

/** Duplicates of a model that are named; the others are a list. */
export const NAMED_DUPLICATES = 3

/** The other models with the same file, or with the same structure and another file; under `functions`, since changes to any may change it. */
export const duplicatesQuery = (kind: 'SameBytesAs' | 'SameStructureAs', uuid: string) =>
  queryOptions({
    queryKey: ['functions', 'duplicates', kind, uuid],
    queryFn: ({ signal }) =>
      listFunctions({ [kind]: uuid, OrderBy: '-UpdatedAt' }, { offset: 0, limit: NAMED_DUPLICATES }, { signal }),
  })

export const functionQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['function', uuid, 'detail'],
    queryFn: ({ signal }) => getFunction(uuid, { signal }),
  })

export const inspectionQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['function', uuid, 'inspection'],
    queryFn: ({ signal }) => call(operations.getInspection, { uuid, signal }),
  })

/** By the file's digest too, since the path changes with the file; under the function, since a file that moved is found again. */
export const locationQuery = (uuid: string, sha256: string) =>
  queryOptions({
    queryKey: ['function', uuid, 'location', sha256],
    queryFn: ({ signal }) => call(operations.locateFunction, { uuid, signal }),
    retry: false,
  })

export const cataloguesQuery = queryOptions({
  queryKey: ['catalogues'],
  queryFn: ({ signal }) => call(operations.listCatalogues, { signal }),
})

/** The names of the sources in use. */
export const sourcesQuery = queryOptions({
  queryKey: ['functions', 'sources'],
  staleTime: 0,
  queryFn: async ({ signal }) => [
    ...new Set((await call(operations.listSources, { signal })).flatMap(({ Name }) => (Name === null ? [] : [Name]))),
  ],
})

/** The names of own fields in use; under `functions`, since changes to any may change them. */
export const fieldsQuery = queryOptions({
  queryKey: ['functions', 'fields'],
  queryFn: ({ signal }) => call(operations.listFields, { signal }),
})

export const configurationQuery = queryOptions({
  queryKey: ['configuration'],
  queryFn: ({ signal }) => call(operations.getConfiguration, { signal }),
})

export const historyQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['function', uuid, 'history'],
    queryFn: ({ signal }) => listHistory(uuid, { signal }),
  })

// Under `functions`, since whatever changes the list may change the trash.
export const trashQuery = infiniteQueryOptions({
  queryKey: ['functions', 'trash'],
  initialPageParam: 0,
  queryFn: ({ pageParam, signal }) => listTrash({ offset: pageParam, limit: PAGE_SIZE }, { signal }),
  getNextPageParam: ({ total }, pages) => {
    const shown = pages.reduce((sum, { rows }) => sum + rows.length, 0)
    return shown < total && pages.at(-1)?.rows.length ? shown : null
  },
})

/** A function in the trash; null where it is not there. */
export const trashedQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['functions', 'trash', uuid],
    queryFn: async ({ signal }) => {
      for (let offset = 0; ; offset += MOST_ROWS) {
        const { rows } = await listTrash({ offset, limit: MOST_ROWS }, { signal })
        const found = rows.find(({ UUID }) => UUID === uuid)
        if (found || rows.length < MOST_ROWS) return found ?? null
      }
    },
  })

export const comparisonQuery = (left: string, right: string, inputs: 'none' | 'random') =>
  queryOptions({
    queryKey: ['function', left, 'compare', right, inputs],
    queryFn: ({ signal }) =>
      call(operations.compareFunctions, {
        uuid: left,
        other: right,
        ...(inputs === 'random' && { query: { Inputs: inputs } }),
        signal,
      }),
  })

export const benchmarksQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['function', uuid, 'benchmarks'],
    queryFn: ({ signal }) => call(operations.listBenchmarks, { uuid, signal }),
  })

export const jobsQuery = queryOptions({
  queryKey: ['jobs', 'list'],
  queryFn: ({ signal }) => call(operations.listJobs, { query: { Limit: '100' }, signal }),
})

export const jobQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['jobs', uuid],
    queryFn: ({ signal }) => call(operations.getJob, { uuid, signal }),
  })

/** Of a cabinet that came with this window nothing need be asked, which at start would keep it from answering the list. */
const everyOperation = { has: (_path: string) => true }

/** The paths of the operations that this cabinet has. */
async function pathsOf(signal: AbortSignal): Promise<ReadonlySet<string>> {
  const { paths } = await call(operations.getOpenApi, { query: { private: 'true' }, signal })
  return new Set(Object.keys(paths))
}

/** A window that attached to a running cabinet may find one of another version: what that cannot do is not offered. */
export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: async ({ signal }): Promise<{ has(path: string): boolean }> =>
    (await window.cabinet?.endpoint())?.attached ? await pathsOf(signal) : everyOperation,
})

export const healthQuery = queryOptions({
  queryKey: ['health'],
  staleTime: 0,
  queryFn: ({ signal }) => call(operations.getHealth, { signal }),
})

export const organisationQuery = queryOptions({
  queryKey: ['organisation'],
  queryFn: ({ signal }) => call(operations.getOrganisation, { signal }),
})

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call(operations.getSettings, { signal }),
})

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => call(operations.listTokens, { signal }),
})

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call(operations.listSessions, { signal }),
})

export const hostTokensQuery = queryOptions({
  queryKey: ['host-tokens'],
  queryFn: ({ signal }) => call(operations.listHostTokens, { signal }),
})

export const watchesQuery = queryOptions({
  queryKey: ['watches'],
  staleTime: 0,
  queryFn: ({ signal }) => call(operations.listWatches, { signal }),
})
