import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconArrowsDiff,
  IconDots,
  IconFolderMinus,
  IconFolderPlus,
  IconPackageExport,
  IconStar,
  IconStarOff,
  IconTable,
  IconTag,
  IconTrash,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { groupedNumber } from '../../../src-contract/human-number.ts'
import { cataloguesQuery, type Filters, operationsQuery } from '../../api/queries.ts'
import { clearSelection, pickedCount, selection } from '../../state/selection.ts'
import {
  addToCatalogue,
  deleteTargets,
  editField,
  exportTargets,
  saveCsv,
  starTargets,
  takeOut,
  targets,
} from './list-actions.ts'
import styles from './selection-bar.module.css'

type Props = {
  filters: Filters
  total: number
  /** The UUID of the catalogue whose list is shown. */
  catalogue: string | undefined
  nameOf: (uuid: string) => string | undefined
}

/** What can be done with the picked models. */
export function SelectionBar({ filters, total, catalogue, nameOf }: Props) {
  const count = useStore(selection, (state) => pickedCount(state, total))
  const operations = useQuery(operationsQuery)
  const catalogues = useQuery(cataloguesQuery)
  const navigate = useNavigate()
  if (count === 0) return null
  const canCompare = operations.data?.has('/function/{uuid}/compare/{other}') ?? false
  const shown = catalogues.data?.find(({ UUID }) => UUID === catalogue)
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
      <Button leftSection={<IconTag size={15} />} onClick={() => void editField(filters, total)}>
        Set a field
      </Button>
      <Button leftSection={<IconPackageExport size={15} />} onClick={() => void exportTargets(filters, total)}>
        Export
      </Button>
      <Menu position="top-start">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label="More actions for the selected models">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconStar size={15} />} onClick={() => void starTargets(filters, total, true)}>
            Star
          </Menu.Item>
          <Menu.Item leftSection={<IconStarOff size={15} />} onClick={() => void starTargets(filters, total, false)}>
            Remove star
          </Menu.Item>
          {shown && (
            <Menu.Item leftSection={<IconFolderMinus size={15} />} onClick={() => void takeOut(filters, total, shown)}>
              Take out of {shown.Name}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTable size={15} />} onClick={() => void saveCsv(filters, total)}>
            Save as CSV
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
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
