import styles from './bar-chart.module.css'

export type Bar = { key: string; label: string; value: number; text: string; title?: string }

/** Amounts by name as horizontal bars; the numbers stand beside them, so that nothing hangs on the picture. */
export function BarChart({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const largest = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <ul className={styles.chart} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key} className={styles.row} title={bar.title}>
          <span className={`${styles.label} mono ellipsis`}>{bar.label}</span>
          <span className={styles.track} aria-hidden>
            <span className={styles.bar} style={{ width: `${Math.max(0.4, (bar.value / largest) * 100)}%` }} />
          </span>
          <span className={`${styles.value} numeric`}>{bar.text}</span>
        </li>
      ))}
    </ul>
  )
}
