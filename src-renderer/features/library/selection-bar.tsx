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
  IconX,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'
import { cataloguesQuery, operationsQuery } from '../../lib/api/queries.ts'
import { clearSelection, pickedCount, selection } from '../../lib/state/selection.ts'
import {
  addToCatalogue,
  comparedPair,
  deleteTargets,
  editField,
  exportTargets,
  type ShownList,
  saveCsv,
  starTargets,
  takeOut,
} from './list-actions.ts'
import styles from './selection-bar.module.css'
import { useSelectionCommands } from './use-selection-commands.ts'

type Props = {
  list: ShownList
  /** The UUID of the catalogue whose list is shown. */
  catalogue: string | undefined
  nameOf: (uuid: string) => string | undefined
}

/** What can be done with the picked models. */
export function SelectionBar({ list, catalogue, nameOf }: Props) {
  const count = useStore(selection, (state) => pickedCount(state, list.total))
  const operations = useQuery(operationsQuery)
  const catalogues = useQuery(cataloguesQuery)
  const navigate = useNavigate()
  const canCompare = operations.data?.has('/function/{uuid}/compare/{other}') ?? false
  const shown = catalogues.data?.find(({ UUID }) => UUID === catalogue)
  const compare = async () => {
    const [uuid, other] = await comparedPair(list)
    if (uuid && other)
      await navigate({ to: '/function/$uuid', params: { uuid }, search: { tab: 'compare', with: other } })
  }
  useSelectionCommands({ list, shown, nameOf, compare: count === 2 && canCompare ? () => void compare() : null })
  if (count === 0) return null
  const words = list.capped && count >= list.total ? `more than ${groupedNumber(count)}` : groupedNumber(count)
  return (
    <div className={styles.bar} role="toolbar" aria-label="Actions for the selected models">
      <span className={`${styles.count} numeric`} role="status">
        {words} selected
      </span>
      <Button leftSection={<IconFolderPlus size={15} />} onClick={() => void addToCatalogue(list)}>
        Add to catalogue
      </Button>
      {count === 2 && canCompare && (
        <Button leftSection={<IconArrowsDiff size={15} />} onClick={() => void compare()}>
          Compare
        </Button>
      )}
      <Button leftSection={<IconTag size={15} />} onClick={() => void editField(list)}>
        Set a field
      </Button>
      <Button leftSection={<IconPackageExport size={15} />} onClick={() => void exportTargets(list)}>
        Export
      </Button>
      <Menu position="top-start">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label="More actions for the selected models">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconStar size={15} />} onClick={() => void starTargets(list, true)}>
            Star
          </Menu.Item>
          <Menu.Item leftSection={<IconStarOff size={15} />} onClick={() => void starTargets(list, false)}>
            Remove star
          </Menu.Item>
          {shown && (
            <Menu.Item leftSection={<IconFolderMinus size={15} />} onClick={() => void takeOut(list, shown)}>
              Take out of {shown.Name}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTable size={15} />} onClick={() => void saveCsv(list)}>
            Save as CSV
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button variant="danger" leftSection={<IconTrash size={15} />} onClick={() => void deleteTargets(list, nameOf)}>
        {count === 1 ? 'Delete' : `Delete ${words} models`}
      </Button>
      <Button className={styles.clear} variant="subtle" leftSection={<IconX size={15} />} onClick={clearSelection}>
        Esc clears
      </Button>
    </div>
  )
}
