import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getHealth, getOrganisation, getSettings, listTokens } from './admin.ts'
import { compareFunctions, listBenchmarks } from './analysis.ts'
import {
  getConfiguration,
  getFunction,
  getHistory,
  getInspection,
  getLocation,
  listCatalogues,
  listFields,
  listFunctions,
  listOperations,
  listSources,
  listTrash,
} from './client.ts'
import { getJob, listJobs } from './jobs.ts'
import { listWatches } from './watches.ts'

/** Rows that one request of the list asks for. */
export const PAGE_SIZE = 100

export type Filters = Readonly<Record<string, string>>

/** One page of the list. */
export const pageQuery = (filters: Filters, page: number) =>
  queryOptions({
    queryKey: ['functions', 'page', filters, page],
    queryFn: ({ signal }) => listFunctions(filters, { offset: page * PAGE_SIZE, limit: PAGE_SIZE }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** How many functions pass the filters, in whatever order: one question for all who show that number. */
export const countQuery = ({ OrderBy: _, ...filters }: Filters) =>
  queryOptions({
    queryKey: ['functions', 'count', filters],
    queryFn: async ({ signal }) => (await listFunctions(filters, { offset: 0, limit: 1 }, { signal })).total,
    staleTime: Number.POSITIVE_INFINITY,
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
    staleTime: Number.POSITIVE_INFINITY,
  })

export const functionQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['function', uuid, 'detail'],
    queryFn: ({ signal }) => getFunction(uuid, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const inspectionQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['function', uuid, 'inspection'],
    queryFn: ({ signal }) => getInspection(uuid, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** By the file's digest too, since the path changes with the file; under the function, since a file that moved is found again. */
export const locationQuery = (uuid: string, sha256: string) =>
  queryOptions({
    queryKey: ['function', uuid, 'location', sha256],
    queryFn: ({ signal }) => getLocation(uuid, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

export const cataloguesQuery = queryOptions({
  queryKey: ['catalogues'],
  queryFn: ({ signal }) => listCatalogues({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The names of the sources in use. */
export const sourcesQuery = queryOptions({
  queryKey: ['functions', 'sources'],
  queryFn: async ({ signal }) => [
    ...new Set((await listSources({ signal })).flatMap(({ Name }) => (Name === null ? [] : [Name]))),
  ],
})

/** The names of own fields in use; under `functions`, since changes to any may change them. */
export const fieldsQuery = queryOptions({
  queryKey: ['functions', 'fields'],
  queryFn: ({ signal }) => listFields({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const configurationQuery = queryOptions({
  queryKey: ['configuration'],
  queryFn: ({ signal }) => getConfiguration({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const historyQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['function', uuid, 'history'],
    queryFn: ({ signal }) => getHistory(uuid, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

// Under `functions`, since whatever changes the list may change the trash.
export const trashQuery = queryOptions({
  queryKey: ['functions', 'trash'],
  queryFn: ({ signal }) => listTrash({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const comparisonQuery = (left: string, right: string, inputs: 'none' | 'random') =>
  queryOptions({
    queryKey: ['function', left, 'compare', right, inputs],
    queryFn: ({ signal }) => compareFunctions(left, right, inputs, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const benchmarksQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['function', uuid, 'benchmarks'],
    queryFn: ({ signal }) => listBenchmarks(uuid, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const jobsQuery = queryOptions({
  queryKey: ['jobs', 'list'],
  queryFn: ({ signal }) => listJobs({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const jobQuery = (uuid: string) =>
  queryOptions({
    queryKey: ['jobs', uuid],
    queryFn: ({ signal }) => getJob(uuid, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Of a cabinet that came with this window nothing need be asked, which at start would keep it from answering the list. */
const everyOperation = { has: (_path: string) => true }

/** A window that attached to a running cabinet may find one of another version: what that cannot do is not offered. */
export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: async ({ signal }): Promise<{ has(path: string): boolean }> =>
    (await window.cabinet?.endpoint())?.attached ? await listOperations({ signal }) : everyOperation,
  staleTime: Number.POSITIVE_INFINITY,
})

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => getHealth({ signal }),
})

export const organisationQuery = queryOptions({
  queryKey: ['organisation'],
  queryFn: ({ signal }) => getOrganisation({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => getSettings({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => listTokens({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const watchesQuery = queryOptions({
  queryKey: ['watches'],
  queryFn: ({ signal }) => listWatches({ signal }),
})
