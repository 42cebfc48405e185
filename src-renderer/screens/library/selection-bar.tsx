import { Button } from '@mantine/core'
import { IconFolderPlus, IconStar, IconTrash } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { groupedNumber } from '../../../src-contract/human-number.ts'
import type { Filters } from '../../api/queries.ts'
import { clearSelection, pickedCount, selection } from '../../state/selection.ts'
import { addToCatalogue, deleteTargets, starTargets } from './list-actions.ts'
import styles from './selection-bar.module.css'

type Props = { filters: Filters; total: number; nameOf: (uuid: string) => string | undefined }

/** What can be done with the picked models. */
export function SelectionBar({ filters, total, nameOf }: Props) {
  const count = useStore(selection, (state) => pickedCount(state, total))
  if (count === 0) return null
  return (
    <div className={styles.bar} role="toolbar" aria-label="Actions for the selected models">
      <span className={`${styles.count} numeric`} role="status">
        {groupedNumber(count)} selected
      </span>
      <Button leftSection={<IconFolderPlus size={15} />} onClick={() => void addToCatalogue(filters, total)}>
        Add to catalogue
      </Button>
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
