import { Skeleton } from '@mantine/core'
import styles from './page-skeleton.module.css'

/** A model's page while it is being read: its header, its tabs, its two columns. Shown only once that takes long enough to be seen. */
export function PageSkeleton() {
  return (
    <div className={`${styles.page} waiting`} role="status" aria-label="Reading the model">
      <Skeleton height={12} width={90} radius={4} />
      <Skeleton height={24} width={300} radius={6} mt={10} />
      <Skeleton height={14} width={520} radius={4} mt={20} mb={28} />
      <ReportSkeleton />
    </div>
  )
}

/** Two columns of cards while the report on a model is being read. */
export function ReportSkeleton() {
  return (
    <div className={`${styles.columns} waiting`} aria-hidden>
      <div className={styles.column}>
        <Skeleton height={96} radius={9} />
        <Skeleton height={170} radius={9} />
        <Skeleton height={250} radius={9} />
      </div>
      <div className={styles.column}>
        <Skeleton height={330} radius={9} />
        <Skeleton height={84} radius={9} />
      </div>
    </div>
  )
}
