import { ActionIcon } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { groupedNumber } from '../../src-contract/human-number.ts'
import { countQuery } from '../api/queries.ts'
import { tellDone } from '../components/tell.tsx'
import { removeView, type SavedView, saveView } from '../state/layout.ts'
import { filtersOf } from '../state/listing-search.ts'
import styles from './side-bar.module.css'

/** A saved view: go to it, or let it go. */
export function ViewRow({ view, active }: { view: SavedView; active: boolean }) {
  const count = useQuery(countQuery(filtersOf(view.search)))
  const remove = () => {
    removeView(view.id)
    tellDone(`View ${view.name} was removed.`, { label: 'Undo', run: async () => saveView(view.name, view.search) })
  }
  return (
    <li className={styles.item}>
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
      <ActionIcon size={23} className={styles.more} aria-label={`Remove the view ${view.name}`} onClick={remove}>
        <IconX size={14} />
      </ActionIcon>
    </li>
  )
}
