// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import { VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { orderTerms } from '../../../../src-contract/contract/functions/order-terms.ts'
import { ColumnGrip } from './column-grip.tsx'
import type { Column } from './columns.tsx'
import styles from './library-list.module.css'
import { useHeaderKeys } from './use-header-keys.ts'

/** What an order says of a column. */
export function directionOf(order: string | undefined, column: string): 'ascending' | 'descending' | undefined {
  const term = orderTerms(order ?? '').find((part) => part.replace(/^-/, '') === column)
  if (term === undefined) return undefined
  return term.startsWith('-') ? 'descending' : 'ascending'
}

/** The order after a click on a column: by it alone, turned over when it was; added behind the others with Shift. */
export function nextOrder(order: string | undefined, column: string, also: boolean): string {
  const direction = directionOf(order, column)
  const first = ['UpdatedAt', 'InsertedAt', 'Size'].includes(column) ? 'descending' : 'ascending'
  const next = direction === undefined ? first : direction === 'ascending' ? 'descending' : 'ascending'
  const term = next === 'descending' ? `-${column}` : column
  if (!also || order === undefined) return term
  const others = orderTerms(order).filter((part) => part.replace(/^-/, '') !== column)
  return direction === undefined
    ? [...others, term].join(',')
    : orderTerms(order)
        .map((part) => (part.replace(/^-/, '') === column ? term : part))
        .join(',')
}

/** The place of a column in an order, from 1. */
const rankOf = (order: string | undefined, column: string): number =>
  orderTerms(order ?? '').findIndex((part) => part.replace(/^-/, '') === column) + 1

type Props = { columns: readonly Column[]; order: string | undefined; onOrder: (order: string) => void }

/** The names of the columns; a click on one that can be sorted by sorts, Shift adds it to the order. */
export function ColumnHeader({ columns, order, onOrder }: Props) {
  const several = columns.filter(({ sort }) => sort && directionOf(order, sort)).length > 1
  const { stop, onFocus, onKeyDown } = useHeaderKeys(columns.map(({ id }) => id))
  return (
    <div className={styles.header} role="row" aria-rowindex={1} onFocus={onFocus} onKeyDown={onKeyDown}>
      <span role="columnheader">
        <VisuallyHidden>Status and selection</VisuallyHidden>
      </span>
      {columns.map(({ id, label, end, sort }) => {
        const direction = sort && directionOf(order, sort)
        const focusable = { tabIndex: id === stop ? 0 : -1, 'data-name': true }
        return (
          <span
            key={id}
            role="columnheader"
            className={end ? styles.headEnd : styles.head}
            aria-label={label}
            aria-sort={direction || undefined}
            data-column={id}
          >
            {sort ? (
              <button
                {...focusable}
                type="button"
                className={styles.sort}
                title="Sort; Shift-click to add to the sort order"
                onClick={(event) => onOrder(nextOrder(order, sort, event.shiftKey))}
              >
                {label}
                {direction === 'ascending' && <IconArrowUp size={12} aria-hidden />}
                {direction === 'descending' && <IconArrowDown size={12} aria-hidden />}
                {direction && several && <span className={styles.rank}>{rankOf(order, sort)}</span>}
              </button>
            ) : (
              <span {...focusable}>{label}</span>
            )}
            <ColumnGrip id={id} label={label} />
          </span>
        )
      })}
    </div>
  )
}
