import { useQuery } from '@tanstack/react-query'
import type { FieldInUse } from '../../../src-contract/contract/functions/field-in-use.ts'
import { fieldsQuery, operationsQuery } from './queries.ts'
import { shownFieldNames } from './shown-rows.ts'

/** The names of own fields that the models of the cabinet have; of one that cannot list them those of the models that were shown. */
export function useFieldNames(): Pick<FieldInUse, 'Name' | 'Count'>[] {
  const available = useQuery(operationsQuery)
  const listed = useQuery({ ...fieldsQuery, enabled: available.data?.has('/functions/fields') ?? false })
  return listed.data ?? shownFieldNames().map((Name) => ({ Name, Count: 0 }))
}
