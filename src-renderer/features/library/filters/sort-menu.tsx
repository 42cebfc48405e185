import { Button, Menu } from '@mantine/core'
import { IconArrowsSort, IconCheck } from '@tabler/icons-react'
import { fieldOfTerm, orderTerms } from '../../../../src-contract/contract/functions/order-terms.ts'
import { DUPLICATES_ORDER, SAME_BYTES_ORDER } from '../../../lib/state/listing-search.ts'
import styles from './sort-menu.module.css'

const orders = [
  { order: '-UpdatedAt', label: 'Updated', long: 'Last updated first' },
  { order: '-InsertedAt', label: 'Added', long: 'Last added first' },
  { order: 'InsertedAt', label: 'Added', long: 'First added first' },
  { order: 'Name', label: 'Name', long: 'Name, A to Z' },
  { order: '-Name', label: 'Name', long: 'Name, Z to A' },
  { order: '-Size', label: 'Size', long: 'Largest first' },
  { order: 'Size', label: 'Size', long: 'Smallest first' },
  { order: DUPLICATES_ORDER, label: 'Duplicates', long: 'Group duplicates' },
  { order: SAME_BYTES_ORDER, label: 'Same bytes', long: 'Group files with the same bytes' },
]

const words: Record<string, string> = {
  UpdatedAt: 'Updated',
  InsertedAt: 'Added',
  Structure: 'Duplicates',
  File: 'Same bytes',
}

/** The columns of an order: *accuracy, Name*. */
const orderWords = (order: string): string =>
  orderTerms(order)
    .map((part) => part.replace(/^-/, ''))
    .map((part) => (part.startsWith('Field.') ? fieldOfTerm(part) : part))
    .map((column) => words[column] ?? column)
    .join(', ')

type Props = {
  /** As the list is shown; undefined where a search ranks it. */
  order: string | undefined
  ranked: boolean
  onOrder: (order: string | undefined) => void
}

/** The order of the list in words. */
export function SortMenu({ order, ranked, onOrder }: Props) {
  const known = orders.find((one) => one.order === order)
  const label = known?.label ?? (order === undefined ? 'Best match' : orderWords(order))
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconArrowsSort size={15} />} aria-label={`Sorted by: ${label}`}>
          <span className={`${styles.label} ellipsis`}>{label}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ranked && (
          <Menu.Item rightSection={order === undefined && <IconCheck size={14} />} onClick={() => onOrder(undefined)}>
            Best match first
          </Menu.Item>
        )}
        {orders.map((one) => (
          <Menu.Item
            key={one.order}
            rightSection={known === one && <IconCheck size={14} />}
            onClick={() => onOrder(one.order)}
          >
            {one.long}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
