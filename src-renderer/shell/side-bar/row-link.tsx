import type { IconDatabase } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { HTMLAttributes } from 'react'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'
import type { ListingSearch } from '../../lib/state/listing-search.ts'
import styles from './side-bar.module.css'

type Props = HTMLAttributes<HTMLAnchorElement> & {
  icon: typeof IconDatabase
  label: string
  /** Undefined as long as nobody knows. */
  count: number | undefined
  search: ListingSearch
  active: boolean
}

/** The part of a row of the side bar that leads to a list. */
export function RowLink({ icon: Icon, label, count, search, active, ...attributes }: Props) {
  return (
    <Link
      to="/"
      search={search}
      className={styles.row}
      activeOptions={{ exact: true }}
      aria-current={active ? 'page' : undefined}
      {...attributes}
    >
      <Icon size={16} stroke={1.6} className={styles.icon} aria-hidden />
      <span className="ellipsis">{label}</span>
      <span className={`${styles.count} numeric`}>{count === undefined ? '' : groupedNumber(count)}</span>
    </Link>
  )
}
