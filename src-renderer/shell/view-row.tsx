import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconFilter, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { groupedNumber } from '../../src-contract/human-number.ts'
import { countQuery } from '../api/queries.ts'
import { tellDone } from '../components/tell.tsx'
import type { SavedView } from '../state/layout.ts'
import { filtersOf } from '../state/listing-search.ts'
import { removeView, renameView } from '../state/saved-views.ts'
import { NameInPlace } from './name-in-place.tsx'
import styles from './side-bar.module.css'

/** A saved view: go to it, rename it, let it go. */
export function ViewRow({ view, active }: { view: SavedView; active: boolean }) {
  const count = useQuery(countQuery(filtersOf(view.search)))
  const [renaming, setRenaming] = useState(false)
  const [menu, setMenu] = useState(false)
  const remove = () => {
    const bringBack = removeView(view.id)
    tellDone(`View ${view.name} was removed.`, { label: 'Undo', run: async () => bringBack() })
  }

  if (renaming)
    return (
      <li>
        <NameInPlace
          label={`New name of the view ${view.name}`}
          initial={view.name}
          onClose={() => setRenaming(false)}
          onSave={async (name) => renameView(view.id, name)}
        />
      </li>
    )

  return (
    <li
      className={styles.item}
      onContextMenu={(event) => {
        event.preventDefault()
        setMenu(true)
      }}
    >
      <Link
        to="/"
        search={view.search}
        className={styles.row}
        activeOptions={{ exact: true }}
        aria-current={active ? 'page' : undefined}
      >
        <IconFilter size={16} stroke={1.6} className={styles.icon} aria-hidden />
        <span className="ellipsis">{view.name}</span>
        <span className={`${styles.count} numeric`}>{count.data === undefined ? '' : groupedNumber(count.data)}</span>
      </Link>
      <Menu position="bottom-end" opened={menu} onChange={setMenu}>
        <Menu.Target>
          <ActionIcon size={24} className={styles.more} aria-label={`Actions for the view ${view.name}`}>
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setRenaming(true)}>
            Rename
          </Menu.Item>
          <Menu.Item data-danger leftSection={<IconTrash size={15} />} onClick={remove}>
            Remove
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}
