import styles from '../try-tab.module.css'

const WIDTH = 600
const HEIGHT = 72
const MOST_POINTS = 1_200

/** The course of a long row of values as a line; of very long ones every so many. */
export function LinePreview({ values, name }: { values: readonly number[]; name: string }) {
  const finite = values.filter(Number.isFinite)
  const low = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = finite.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const span = high - low || 1
  const step = Math.max(1, Math.ceil(values.length / MOST_POINTS))
  const points = values
    .map((value, index) => ({ value, index }))
    .filter(({ value, index }) => index % step === 0 && Number.isFinite(value))
    .map(({ value, index }) => {
      const x = (index / Math.max(1, values.length - 1)) * WIDTH
      return `${x.toFixed(1)},${(HEIGHT - 4 - ((value - low) / span) * (HEIGHT - 8)).toFixed(1)}`
    })
  return (
    <svg
      className={styles.line}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Line chart of ${name}`}
    >
      <polyline points={points.join(' ')} />
    </svg>
  )
}
