import styles from '../graph-tab.module.css'
import type { ArrowLabel } from '../layout/arrow-labels.ts'
import type { Point } from '../layout/layout.ts'

type Props = {
  at: Point
  label: ArrowLabel
  /** Whether its arrow begins or ends where the person is. */
  near: boolean
}

/** The shape of what an arrow carries, written on the arrow. */
export function EdgeLabel({ at: { x, y }, label: { text, title }, near }: Props) {
  return (
    <span
      className={`${styles.label} ${near ? styles.nearLabel : ''} mono`}
      title={title}
      style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
    >
      {text}
    </span>
  )
}
