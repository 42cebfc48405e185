import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import { type Filters, PAGE_SIZE, pageQuery } from '../../../lib/api/queries.ts'
import { queryClient } from '../../../lib/api/query-client.ts'

/** The first page of a list, and with it how long the list is. */
export type ListHead = {
  /** The filters of the rows to show: the asked ones, or those before until the asked ones have their rows. */
  shown: Filters
  total: number
  capped: boolean
  pending: boolean
  error: Error | null
  retry: () => void
  /** When the cabinet last answered, in milliseconds since 1970. */
  updatedAt: number
}

/** Asks for a list; keeps the one before on screen until the new one is here, so that typing never flashes. */
export function useListHead(filters: Filters): ListHead {
  const [shown, setShown] = useState(filters)
  const wanted = useQuery(pageQuery(filters, 0))
  const settled = wanted.data !== undefined || wanted.isError
  if (settled && shown !== filters) setShown(filters)
  const before = useQuery(pageQuery(shown, 0))
  const page = wanted.data ?? before.data
  return {
    shown,
    total: page?.total ?? 0,
    capped: page?.capped ?? false,
    pending: page === undefined && wanted.error === null,
    error: wanted.error,
    retry: () => void wanted.refetch(),
    updatedAt: wanted.dataUpdatedAt,
  }
}

/** The rows from `first` to `last`, fetched by pages; `undefined` where a row is still on its way. */
export function useRows(filters: Filters, first: number, last: number): (index: number) => FunctionItem | undefined {
  const from = Math.floor(Math.max(0, first) / PAGE_SIZE)
  const to = Math.floor(Math.max(0, last) / PAGE_SIZE)
  const queries = useMemo(
    () => Array.from({ length: to - from + 1 }, (_, step) => pageQuery(filters, from + step)),
    [filters, from, to],
  )
  const results = useQueries({ queries })
  return (index) => results[Math.floor(index / PAGE_SIZE) - from]?.data?.rows[index % PAGE_SIZE]
}

/** The UUIDs of a range of rows, fetching what was never shown. */
export async function uuidsBetween(filters: Filters, first: number, last: number): Promise<string[]> {
  const uuids: string[] = []
  for (let page = Math.floor(first / PAGE_SIZE); page <= Math.floor(last / PAGE_SIZE); page += 1) {
    const { rows } = await queryClient.ensureQueryData(pageQuery(filters, page))
    rows.forEach(({ UUID }, row) => {
      const index = page * PAGE_SIZE + row
      if (index >= first && index <= last) uuids.push(UUID)
    })
  }
  return uuids
}
