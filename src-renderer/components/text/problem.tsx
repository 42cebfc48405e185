import type { ReactNode } from 'react'
import styles from './problem.module.css'

/** Why something failed, read out as it appears; nothing where there is no reason. */
export function Problem({ children }: { children: ReactNode }) {
  if (!children) return null
  return (
    <p className={styles.problem} role="alert">
      {children}
    </p>
  )
}
