// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current card
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { useStore } from 'zustand'
import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import type { ShownList } from '../../../actions/action.ts'
import { scrollPositions } from '../../../lib/state/layout.ts'
import { isOfTrouble } from '../../../lib/state/listing-search.ts'
import { isPicked, selection } from '../../../lib/state/selection.ts'
import { GridFrame } from '../grid/grid-frame.tsx'
import { useRows } from '../grid/use-listing.ts'
import { useScrollPosition } from '../grid/use-scroll-position.ts'
import styles from './library-cards.module.css'
import { ModelCard } from './model-card.tsx'

/** Pixels; a card is at least so wide. */
const WIDTH = 300
const HEIGHT = 156
const GAP = 12
const EDGE = 16

type Props = {
  list: ShownList
  search: string
  onCurrent: (item: FunctionItem | undefined) => void
}

/** The list as cards, as many beside each other as there is room; only those on screen exist. */
export function LibraryCards({ list, search, onCurrent }: Props) {
  const { filters, total } = list
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: measured, width, height } = useElementSize<HTMLDivElement>()
  const picked = useStore(selection)
  const across = Math.max(1, Math.floor((width - 2 * EDGE + GAP) / (WIDTH + GAP)))
  const body = isOfTrouble(filters) ? 'trouble' : 'signature'
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

  const ref = useMergedRef(scroller, measured)

  return (
    <GridFrame
      ref={ref}
      list={list}
      row={row}
      onCurrent={onCurrent}
      across={across}
      pageRows={across * Math.max(1, Math.floor(height / (HEIGHT + GAP)))}
      show={(index) => virtual.scrollToIndex(Math.floor(index / across), { align: 'auto' })}
      isDrawn={(index) => lines.some((line) => line.index === Math.floor(index / across))}
      lines={Math.ceil(total / across)}
      className={styles.grid}
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
                  body={body}
                  search={search}
                  picked={item !== undefined && isPicked(picked, item.UUID)}
                  current={index === picked.cursor}
                />
              )
            })}
          </div>
        ))}
      </div>
    </GridFrame>
  )
}
