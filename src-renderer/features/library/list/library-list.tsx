// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that are placed by hand
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import type { ShownList } from '../../../actions/action.ts'
import type { Filters } from '../../../lib/api/queries.ts'
import { duplicatePlace, groupingOf } from '../../../lib/state/duplicates.ts'
import { layout, scrollPositions } from '../../../lib/state/layout.ts'
import { isOfTrouble } from '../../../lib/state/listing-search.ts'
import { isPicked, selection } from '../../../lib/state/selection.ts'
import { GridFrame } from '../grid/grid-frame.tsx'
import { useRows } from '../grid/use-listing.ts'
import { useScrollPosition } from '../grid/use-scroll-position.ts'
import { ColumnHeader } from './column-header.tsx'
import {
  columns as allColumns,
  type Column,
  fieldColumn,
  gainColumn,
  knownSignatureColumn,
  pathsColumn,
  troubleColumn,
} from './columns.tsx'
import styles from './library-list.module.css'
import { ListRow } from './list-row.tsx'

const HEADER = 31
/** Below this width the narrow columns go, so that names and signatures stay readable. */
const ROOMY = 820
/** Below this one there is room for the name alone. */
const TIGHT = 340

/** From this width on a list of what is wrong has room for signatures too. */
const WIDE = 1_450

/** The columns that there are, of which a person hides some: a list of models with something wrong says what. */
function columnsFor(filters: Filters, width: number): readonly Column[] {
  if (!isOfTrouble(filters)) return allColumns
  return allColumns.flatMap((column) => {
    if (column.id !== 'signature') return [column]
    return width >= WIDE ? [troubleColumn, knownSignatureColumn] : [troubleColumn]
  })
}

/** A column that was dragged keeps its width as long as there is room; the others share what is left. */
const widthOf = (dragged: number | undefined, own: string) =>
  dragged === undefined ? own : `minmax(48px, ${dragged}px)`

/** The own fields of which all shown values are numbers. */
function numericFields(names: readonly string[], rows: readonly (FunctionItem | undefined)[]): string[] {
  return names.filter((name) => {
    const values = rows.flatMap((item) => item?.Fields[name] ?? [])
    return values.length > 0 && values.every((value) => typeof value === 'number')
  })
}

type Props = {
  list: ShownList
  search: string
  order: string | undefined
  onOrder: (order: string) => void
  onCurrent: (item: FunctionItem | undefined) => void
}

/** The list itself: only the rows on screen exist, whatever its length. */
export function LibraryList({ list, search, order, onOrder, onCurrent }: Props) {
  const { filters, total } = list
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: measured, width, height } = useElementSize<HTMLDivElement>()
  const { compact, hiddenColumns, fieldColumns, columnWidths } = useStore(layout)
  const picked = useStore(selection)
  const rowHeight = compact ? 28 : 36
  const place = JSON.stringify(filters)
  const grouping = groupingOf(filters.OrderBy)

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    paddingStart: 0,
    scrollPaddingStart: HEADER,
    initialOffset: () => scrollPositions.get(place) ?? 0,
  })
  const items = virtual.getVirtualItems()
  const row = useRows(filters, items[0]?.index ?? 0, items.at(-1)?.index ?? 0)

  const duplicateAt = (index: number) => {
    const item = row(index)
    return grouping && item ? duplicatePlace(grouping, item, index === 0 ? null : row(index - 1)) : undefined
  }

  useScrollPosition(scroller, place)

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows changed their height
  useEffect(() => virtual.measure(), [rowHeight])

  const filled = row(0) !== undefined
  useEffect(() => {
    // Where a start has reached what a person waits for; `npm run bench -- window` reads it.
    if (filled && performance.getEntriesByName('first-list').length === 0) performance.mark('first-list')
  }, [filled])

  // As a text, by which the columns stay the same ones while the list is scrolled.
  const shown = items.map(({ index }) => row(index))
  const numbers = numericFields(fieldColumns, shown).join('\n')
  const columns = useMemo(() => {
    const numeric = new Set(numbers.split('\n'))
    const own = fieldColumns.map((name) => fieldColumn(name, numeric.has(name) ? 'numbers' : 'texts'))
    const ofDuplicates = filters.Duplicates === 'bytes' || filters.Duplicates === 'any'
    const hidden = ofDuplicates ? hiddenColumns.filter((id) => id !== pathsColumn.id) : hiddenColumns
    return [...columnsFor(filters, width), ...(ofDuplicates ? [gainColumn] : []), ...own].filter(
      ({ id, narrow }) =>
        !hidden.includes(id) && (width === 0 || width >= (id === 'name' ? 0 : narrow ? ROOMY : TIGHT)),
    )
  }, [filters, hiddenColumns, fieldColumns, numbers, width])

  const ref = useMergedRef(scroller, measured)

  return (
    <GridFrame
      ref={ref}
      list={list}
      row={row}
      onCurrent={onCurrent}
      pageRows={Math.max(1, Math.floor((height - HEADER) / rowHeight) - 1)}
      show={(index) => virtual.scrollToIndex(index, { align: 'auto' })}
      isDrawn={(index) => items.some((item) => item.index === index)}
      lines={total + 1}
      grouping={grouping}
      className={styles.grid}
      style={{
        '--columns': columns.map(({ id, width: own }) => widthOf(columnWidths[id], own)).join(' '),
        '--row-height': `${rowHeight}px`,
      }}
    >
      {/* Groups come first: no column's arrow says how the list is ordered then. */}
      <ColumnHeader columns={columns} order={grouping ? undefined : order} onOrder={onOrder} />
      <div className={styles.rows} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const item = row(index)
          return (
            <ListRow
              key={index}
              index={index}
              item={item}
              start={start}
              columns={columns}
              search={search}
              duplicate={duplicateAt(index)}
              last={grouping !== null && (index + 1 === total || duplicateAt(index + 1) === 'first')}
              picked={item !== undefined && isPicked(picked, item.UUID)}
              current={index === picked.cursor}
            />
          )
        })}
      </div>
    </GridFrame>
  )
}
