import type { TensorHistogram } from '../../../../src-contract/contract/models/tensor.ts'
import { figureText } from './figure-text.ts'
import styles from './tensor.module.css'

type Props = { histogram: TensorHistogram; width: number; height: number; label?: string }

/** How values are spread, as one outline: a picture of 48 steps is no chart to be read step by step. */
export function ValueHistogram({ histogram: { Counts, From, To }, width, height, label }: Props) {
  const largest = Math.max(1, ...Counts)
  const step = width / Counts.length
  const picture = (
    <svg
      className={styles.histogram}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      width={width}
      height={height}
      aria-hidden="true"
    >
      {Counts.map((count, index) => {
        // What is there is seen, however little it is.
        const tall = count === 0 ? 0 : Math.max(1, (count / largest) * height)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps have no other name
            key={index}
            x={index * step}
            y={height - tall}
            width={Math.max(0.5, step - (step > 3 ? 1 : 0))}
            height={tall}
          >
            {label !== undefined && <title>{stepText(From, To, index, Counts.length, count)}</title>}
          </rect>
        )
      })}
    </svg>
  )
  if (label === undefined) return picture
  return (
    <span role="img" aria-label={label}>
      {picture}
    </span>
  )
}

function stepText(from: number | string, to: number | string, index: number, steps: number, count: number): string {
  const width = (Number(to) - Number(from)) / steps
  const start = Number(from) + index * width
  return `${figureText(start)} to ${figureText(start + width)}: ${count}`
}
