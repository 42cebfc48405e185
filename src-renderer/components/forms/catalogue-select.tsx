import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { cataloguesQuery } from '../../lib/api/queries.ts'

type Props = { value: string | null; onChange: (uuid: string | null) => void }

/** The catalogue that new models go to, or none. */
export function CatalogueSelect({ value, onChange }: Props) {
  const catalogues = useQuery(cataloguesQuery)
  return (
    <Select
      flex={1}
      label="Add to catalogue"
      placeholder="None"
      clearable
      searchable
      data={catalogues.data?.map(({ UUID, Name }) => ({ value: UUID, label: Name }))}
      value={value}
      onChange={onChange}
    />
  )
}
