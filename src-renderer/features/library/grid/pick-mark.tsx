import { IconCheck } from '@tabler/icons-react'
import styles from './pick-mark.module.css'

/** The box that says whether a model is picked; it shows when it is, or when the pointer is on its model. */
export function PickMark({ picked }: { picked: boolean }) {
  return (
    <span className={styles.mark} data-check data-picked={picked || undefined}>
      {picked && <IconCheck size={12} stroke={3} aria-hidden />}
    </span>
  )
}
