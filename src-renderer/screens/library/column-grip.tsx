import type { PointerEvent } from 'react'
import { resizeColumn } from '../../state/layout.ts'
import styles from './library-list.module.css'

/** The edge of a column: dragging makes it wider or narrower, a double click lets it be as it was. */
export function ColumnGrip({ id }: { id: string }) {
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const grip = event.currentTarget
    const column = grip.parentElement
    if (!column || event.button !== 0) return
    event.preventDefault()
    grip.setPointerCapture(event.pointerId)
    const start = event.clientX
    const { width } = column.getBoundingClientRect()
    const move = (moved: globalThis.PointerEvent) => resizeColumn(id, width + moved.clientX - start)
    grip.addEventListener('pointermove', move)
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true })
  }
  return (
    <span
      className={styles.grip}
      data-grip={id}
      title="Drag to resize; double click to reset"
      aria-hidden
      onPointerDown={onPointerDown}
      onDoubleClick={() => resizeColumn(id, null)}
    />
  )
}
