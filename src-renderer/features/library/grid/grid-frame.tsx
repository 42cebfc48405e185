// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that are placed by hand
import { useMergedRef } from '@mantine/hooks'
import { type CSSProperties, type ReactNode, type Ref, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import type { ShownList } from '../../../actions/action.ts'
import type { Grouping } from '../../../lib/state/duplicates.ts'
import { selection } from '../../../lib/state/selection.ts'
import styles from './grid-frame.module.css'
import { RowMenu } from './row-menu.tsx'
import { useCursorFollows } from './use-cursor-follows.ts'
import { useListKeys } from './use-list-keys.ts'
import { useListPointer } from './use-list-pointer.ts'
import { useUnfocusedKeys } from './use-unfocused-keys.ts'

type Props = {
  ref: Ref<HTMLDivElement>
  list: ShownList
  row: (index: number) => FunctionItem | undefined
  onCurrent: (item: FunctionItem | undefined) => void
  /** Models that fit on the screen. */
  pageRows: number
  /** Models beside each other, where they are cards. */
  across?: number
  show: (index: number) => void
  /** Whether a model stands in the document now. */
  isDrawn: (index: number) => boolean
  /** Lines of the grid, its header included. */
  lines: number
  /** What the rows of a group have in common. */
  grouping?: Grouping | null
  /** How the rows and cards inside find their styles. */
  className?: string | undefined
  style?: CSSProperties
  children: ReactNode
}

/** The DOM id of a row, by which the grid names the row that keys act on. */
export const rowId = (index: number): string => `model-${index}`

/** What rows and cards have in common: the scrolled grid with its keys, its pointer, its menu and the model that keys act on. */
export function GridFrame(props: Props) {
  const { ref, list, row, onCurrent, pageRows, across, show, isDrawn, lines, grouping, className, style, children } =
    props
  const cursor = useStore(selection, (state) => state.cursor)
  const current = cursor >= 0 ? row(cursor) : undefined
  useEffect(() => onCurrent(current), [current, onCurrent])
  useCursorFollows(list, current)
  const onKeyDown = useListKeys({ ...list, pageRows, show, ...(across !== undefined && { across }) })
  const grid = useRef<HTMLDivElement>(null)
  const both = useMergedRef(ref, grid)
  useUnfocusedKeys(grid, onKeyDown)
  const { onClick, onDoubleClick, onDragStart, rowOf } = useListPointer(list)
  return (
    <RowMenu total={list.total} rowOf={rowOf}>
      {(onContextMenu) => (
        <div
          ref={both}
          className={`${styles.grid} ${className ?? ''}`}
          role="grid"
          tabIndex={0}
          aria-label="Models"
          aria-rowcount={lines}
          aria-colcount={across}
          data-grouping={grouping ?? undefined}
          aria-multiselectable
          aria-activedescendant={current && isDrawn(cursor) ? rowId(cursor) : undefined}
          style={style}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onDragStart={onDragStart}
          onContextMenu={onContextMenu}
        >
          {children}
        </div>
      )}
    </RowMenu>
  )
}
