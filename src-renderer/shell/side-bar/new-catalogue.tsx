import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { operations } from '../../../src-contract/operations/operations.ts'
import { call } from '../../lib/api/client.ts'
import { cataloguesQuery } from '../../lib/api/queries.ts'
import { NameInPlace } from './name-in-place.tsx'

/** Adds a catalogue in place and goes to it. */
export function NewCatalogue({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return (
    <NameInPlace
      label="Name of the new catalogue"
      initial=""
      onClose={onClose}
      onSave={async (name) => {
        const { UUID } = await call(operations.addCatalogue, { body: { Name: name } })
        await client.invalidateQueries({ queryKey: cataloguesQuery.queryKey })
        await navigate({ to: '/', search: { Catalogue: UUID } })
      }}
    />
  )
}
