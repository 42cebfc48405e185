// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current card
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { FunctionItem } from '../../../src-contract/function.ts'
import type { Filters } from '../../api/queries.ts'
import { scrollPositions } from '../../state/layout.ts'
import { isPicked, selection } from '../../state/selection.ts'
import styles from './library-cards.module.css'
import { rowId } from './list-row.tsx'
import { ModelCard } from './model-card.tsx'
import { RowMenu } from './row-menu.tsx'
import { useListKeys } from './use-list-keys.ts'
import { useListPointer } from './use-list-pointer.ts'
import { useRows } from './use-listing.ts'
import { useScrollPosition } from './use-scroll-position.ts'

/** Pixels; a card is at least so wide. */
const WIDTH = 264
const HEIGHT = 156
const GAP = 12
const EDGE = 16

type Props = {
  filters: Filters
  total: number
  search: string
  onCurrent: (item: FunctionItem | undefined) => void
}

/** The list as cards, as many beside each other as there is room; only those on screen exist. */
export function LibraryCards({ filters, total, search, onCurrent }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: measured, width, height } = useElementSize<HTMLDivElement>()
  const picked = useStore(selection)
  const across = Math.max(1, Math.floor((width - 2 * EDGE + GAP) / (WIDTH + GAP)))
  const place = `cards ${JSON.stringify(filters)}`

  const virtual = useVirtualizer({
    count: Math.ceil(total / across),
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    gap: GAP,
    overscan: 2,
    paddingStart: EDGE,
    paddingEnd: EDGE,
    initialOffset: () => scrollPositions.get(place) ?? 0,
  })
  const lines = virtual.getVirtualItems()
  const first = (lines[0]?.index ?? 0) * across
  const row = useRows(filters, first, Math.max(first, ((lines.at(-1)?.index ?? 0) + 1) * across - 1))
  useScrollPosition(scroller, place)

  const current = picked.cursor >= 0 ? row(picked.cursor) : undefined
  useEffect(() => onCurrent(current), [current, onCurrent])

  const onKeyDown = useListKeys({
    filters,
    total,
    row,
    across,
    pageRows: across * Math.max(1, Math.floor(height / (HEIGHT + GAP))),
    show: (index) => virtual.scrollToIndex(Math.floor(index / across), { align: 'auto' }),
  })
  const { onClick, onDoubleClick, onDragStart, rowOf } = useListPointer(filters)
  const ref = useMergedRef(scroller, measured)
  const shown = lines.some(({ index }) => index === Math.floor(picked.cursor / across))

  return (
    <RowMenu filters={filters} total={total} rowOf={rowOf} row={row}>
      {(onContextMenu) => (
        <div
          ref={ref}
          className={styles.grid}
          role="grid"
          tabIndex={0}
          aria-label="Models"
          aria-rowcount={Math.ceil(total / across)}
          aria-colcount={across}
          aria-multiselectable
          aria-activedescendant={current && shown ? rowId(picked.cursor) : undefined}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onDragStart={onDragStart}
          onContextMenu={onContextMenu}
        >
          <div className={styles.lines} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {lines.map(({ index: line, start }) => (
              <div
                key={line}
                className={styles.line}
                role="row"
                aria-rowindex={line + 1}
                style={{
                  height: HEIGHT,
                  transform: `translateY(${start}px)`,
                  gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))`,
                }}
              >
                {Array.from({ length: Math.min(across, total - line * across) }, (_, at) => {
                  const index = line * across + at
                  const item = row(index)
                  return (
                    <ModelCard
                      key={index}
                      index={index}
                      item={item}
                      search={search}
                      picked={item !== undefined && isPicked(picked, item.UUID)}
                      current={index === picked.cursor}
                    />
                  )
                })}
              </div>
            ))}
          </div>
        </div>
      )}
    </RowMenu>
  )
}
