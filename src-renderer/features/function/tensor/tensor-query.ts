import { queryOptions } from '@tanstack/react-query'
import { operations } from '../../../../src-contract/operations/operations.ts'
import { call } from '../../../lib/api/client.ts'

/** A stored tensor of a model's file; the file's digest, since the values change with the file alone. */
export type TensorOf = { uuid: string; sha256: string; scope: string; name: string }

/** What the values of a tensor are like. A failure says what is wrong with the file: asking again would not change it. */
export const tensorQuery = ({ uuid, sha256, scope, name }: TensorOf) =>
  queryOptions({
    queryKey: ['tensor', uuid, sha256, scope, name],
    queryFn: ({ signal }) => call(operations.getTensor, { uuid, query: { Scope: scope, Name: name }, signal }),
    gcTime: 300_000,
    retry: false,
  })
