import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { NARROWEST, resizeColumn, WIDEST } from '../../../lib/state/layout.ts'
import styles from './library-list.module.css'

/**
 * The edge of a column: dragging makes it wider or narrower, a double click lets it be as it was. It tells the width, and is
 * reached from the column's name (`use-header-keys.ts`), so that it is no stop of the Tab key.
 */
export function ColumnGrip({ id, label }: { id: string; label: string }) {
  const ref = useRef<HTMLSpanElement>(null)
  const [width, setWidth] = useState(NARROWEST)
  useEffect(() => {
    const column = ref.current?.parentElement
    if (!column) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)))
    observer.observe(column)
    return () => observer.disconnect()
  }, [])
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const grip = event.currentTarget
    const column = grip.parentElement
    if (!column || event.button !== 0) return
    event.preventDefault()
    grip.setPointerCapture(event.pointerId)
    const start = event.clientX
    const { width: before } = column.getBoundingClientRect()
    const move = (moved: globalThis.PointerEvent) => resizeColumn(id, before + moved.clientX - start)
    grip.addEventListener('pointermove', move)
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <span
      ref={ref}
      className={styles.grip}
      data-grip={id}
      title="Drag to resize, or Shift with ← and →; double click to reset"
      role="separator"
      tabIndex={-1}
      aria-orientation="vertical"
      aria-label={`Width of ${label}`}
      aria-valuenow={Math.min(WIDEST, Math.max(NARROWEST, width))}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-valuetext={`${width} pixels`}
      onPointerDown={onPointerDown}
      onDoubleClick={() => resizeColumn(id, null)}
    />
  )
}
