import type { ReactNode } from 'react'
import styles from './fact.module.css'

/** A quiet label and what is true; stands in a `dl`. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt className="quiet">{label}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  )
}
