import styles from './bar-chart.module.css'

export type Bar = { key: string; label: string; value: number; text: string; title?: string }

/** Width of a letter of a label and of a digit of an amount, in pixels. */
const LETTER = 7.3
const DIGIT = 8.4
/** The room for labels and for amounts, in pixels. */
const LABELS = { least: 40, most: 190 }
const LEAST_AMOUNT = 44

/** Columns that are the same in every row whatever stands in it, since bars can only be compared along one scale. */
function columnsFor(bars: readonly Bar[]): string {
  const longest = (texts: string[]) => Math.max(0, ...texts.map(({ length }) => length))
  const labels = Math.ceil(longest(bars.map(({ label }) => label)) * LETTER)
  const amounts = Math.ceil(longest(bars.map(({ text }) => text)) * DIGIT)
  return `minmax(0, ${Math.min(LABELS.most, Math.max(LABELS.least, labels))}px) minmax(40px, 1fr) ${Math.max(LEAST_AMOUNT, amounts)}px`
}

/** Amounts by name as horizontal bars; the numbers are next to them, so that nothing hangs on the picture. */
export function BarChart({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const largest = Math.max(1, ...bars.map(({ value }) => value))
  const gridTemplateColumns = columnsFor(bars)
  return (
    <ul aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key} className={styles.row} style={{ gridTemplateColumns }} title={bar.title}>
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
