import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { undeleteFunctions } from '../../../actions/change-functions.ts'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import { trashedQuery } from '../../../lib/api/queries.ts'

type Props = { uuid: string; onBack: () => void }

/** In place of the page of a model that is not there: one in the trash can be had back here. */
export function GoneFunction({ uuid, onBack }: Props) {
  const trashed = useQuery(trashedQuery(uuid))
  const item = trashed.data
  if (trashed.isPending) return null
  if (!item)
    return (
      <EmptyState title="This model no longer exists">
        It was deleted, or the link belongs to another cabinet. <Link to="/">Show all models</Link>.
      </EmptyState>
    )
  const restore = async () => {
    await undeleteFunctions([uuid], item.Name)
    onBack()
  }
  return (
    <EmptyState
      title={`${item.Name} is in the trash`}
      actions={
        <Button variant="filled" leftSection={<IconArrowBackUp size={15} />} onClick={() => void restore()}>
          Restore
        </Button>
      }
    >
      Deleted models are kept for 30 days. <Link to="/trash">Show the trash</Link>
    </EmptyState>
  )
}
