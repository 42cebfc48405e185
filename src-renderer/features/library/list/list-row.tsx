// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
import { VisuallyHidden } from '@mantine/core'
import { memo } from 'react'
import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import { StatusDot, standingOf } from '../../../components/model/status-dot.tsx'
import type { DuplicatePlace } from '../../../lib/state/duplicates.ts'
import { rowId } from '../grid/grid-frame.tsx'
import { PickMark } from '../grid/pick-mark.tsx'
import type { Column } from './columns.tsx'
import styles from './library-list.module.css'

type Props = {
  index: number
  item: FunctionItem | undefined
  start: number
  columns: readonly Column[]
  search: string
  /** Its place in its group, in a list of duplicates. */
  duplicate?: DuplicatePlace | undefined
  /** Whether another group begins below it. */
  last: boolean
  picked: boolean
  current: boolean
}

const duplicateWords: Record<DuplicatePlace, string> = {
  first: 'First of a group of duplicates',
  'same bytes': 'Same bytes as the model above',
  'same structure': 'Same structure as the model above',
}

/** One model in the list; without an item, the space it will take. */
export const ListRow = memo(function ListRow({
  index,
  item,
  start,
  columns,
  search,
  duplicate,
  last,
  picked,
  current,
}: Props) {
  const position = { transform: `translateY(${start}px)` }
  if (!item)
    return (
      <div className={styles.row} role="row" aria-rowindex={index + 2} aria-busy style={position}>
        <span role="gridcell" />
        {columns.map(({ id }) => (
          <span key={id} role="gridcell" className={styles.cell}>
            {(id === 'name' || id === 'signature') && <span className={styles.skeleton} />}
          </span>
        ))}
      </div>
    )
  return (
    <div
      id={rowId(index)}
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={picked}
      data-index={index}
      data-uuid={item.UUID}
      data-current={current || undefined}
      data-duplicate={duplicate}
      data-last={last || undefined}
      draggable
      style={position}
    >
      <span role="gridcell" className={styles.lead}>
        <span className={styles.dot}>
          <StatusDot {...standingOf(item)} />
        </span>
        <PickMark picked={picked} />
        {duplicate && <VisuallyHidden>{duplicateWords[duplicate]}</VisuallyHidden>}
      </span>
      {columns.map((column) => (
        <span key={column.id} role="gridcell" className={column.end ? styles.cellEnd : styles.cell}>
          {column.cell(item, search)}
          {column.id === 'name' && duplicate === 'same bytes' && (
            <span className={styles.same} aria-hidden>
              same bytes
            </span>
          )}
        </span>
      ))}
    </div>
  )
})
