import { Button } from '@mantine/core'
import { IconArrowsDiff, IconFolderPlus, IconStar, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { groupedNumber } from '../../../src-contract/human-number.ts'
import { type Filters, operationsQuery } from '../../api/queries.ts'
import { clearSelection, pickedCount, selection } from '../../state/selection.ts'
import { addToCatalogue, deleteTargets, starTargets, targets } from './list-actions.ts'
import styles from './selection-bar.module.css'

type Props = { filters: Filters; total: number; nameOf: (uuid: string) => string | undefined }

/** What can be done with the picked models. */
export function SelectionBar({ filters, total, nameOf }: Props) {
  const count = useStore(selection, (state) => pickedCount(state, total))
  const operations = useQuery(operationsQuery)
  const navigate = useNavigate()
  if (count === 0) return null
  const canCompare = operations.data?.has('/function/{uuid}/compare/{other}') ?? false
  const compare = async () => {
    const [uuid, other] = await targets(filters, total)
    if (uuid && other)
      await navigate({ to: '/function/$uuid', params: { uuid }, search: { tab: 'compare', with: other } })
  }
  return (
    <div className={styles.bar} role="toolbar" aria-label="Actions for the selected models">
      <span className={`${styles.count} numeric`} role="status">
        {groupedNumber(count)} selected
      </span>
      <Button leftSection={<IconFolderPlus size={15} />} onClick={() => void addToCatalogue(filters, total)}>
        Add to catalogue
      </Button>
      {count === 2 && canCompare && (
        <Button leftSection={<IconArrowsDiff size={15} />} onClick={() => void compare()}>
          Compare
        </Button>
      )}
      <Button leftSection={<IconStar size={15} />} onClick={() => void starTargets(filters, total, true)}>
        Star
      </Button>
      <Button
        variant="danger"
        leftSection={<IconTrash size={15} />}
        onClick={() => void deleteTargets(filters, total, nameOf)}
      >
        {count === 1 ? 'Delete' : `Delete ${groupedNumber(count)} models`}
      </Button>
      <Button className={styles.clear} variant="subtle" onClick={clearSelection}>
        Esc clears
      </Button>
    </div>
  )
}
