import { queryOptions } from '@tanstack/react-query'
import { getTensor } from '../../../lib/api/analysis.ts'

/** A stored tensor of a model's file; the file's digest, since the values change with the file alone. */
export type TensorOf = { uuid: string; sha256: string; scope: string; name: string }

/** What the values of a tensor are like. A failure says what is wrong with the file: asking again would not change it. */
export const tensorQuery = ({ uuid, sha256, scope, name }: TensorOf) =>
  queryOptions({
    queryKey: ['tensor', uuid, sha256, scope, name],
    queryFn: ({ signal }) => getTensor(uuid, { scope, name }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 300_000,
    retry: false,
  })
