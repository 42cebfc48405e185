import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { TensorSummary } from '../../../../src-contract/contract/models/tensor.ts'
import { groupedNumber } from '../../../../src-contract/words/human-number.ts'
import { figureText, shareText } from './figure-text.ts'
import styles from './tensor.module.css'
import { type TensorOf, tensorQuery } from './tensor-query.ts'
import { ValueHistogram } from './value-histogram.tsx'

const WIDTH = 288
const HEIGHT = 56

/** All that is told of the values of one stored tensor; read from the file when it is shown. */
export function TensorValues({ tensor }: { tensor: TensorOf }) {
  const { data, isError, error, refetch, isFetching } = useQuery(tensorQuery(tensor))
  if (isError)
    return (
      <div className={styles.values} role="alert">
        <p className="bad">{error.message}</p>
        <div>
          <Button size="compact-xs" loading={isFetching} onClick={() => void refetch()}>
            Try again
          </Button>
        </div>
      </div>
    )
  if (!data)
    return (
      <div className={styles.values} role="status" aria-label="Reading the values…">
        <Skeleton height={HEIGHT} radius={4} />
        <Skeleton height={14} width="70%" radius={4} />
      </div>
    )
  return <Summary summary={data} />
}

function Summary({ summary }: { summary: TensorSummary }) {
  const { Count, Histogram, Min, Max, Values } = summary
  const figures = figuresOf(summary)
  return (
    <div className={styles.values}>
      {Histogram && Min !== null && Max !== null && (
        <figure className={styles.figure}>
          <ValueHistogram
            histogram={Histogram}
            width={WIDTH}
            height={HEIGHT}
            label={`Histogram of ${groupedNumber(Count)} values from ${figureText(Min)} to ${figureText(Max)}`}
          />
          <figcaption className={`${styles.axis} numeric`}>
            <span>{figureText(Min)}</span>
            <span>{figureText(Max)}</span>
          </figcaption>
        </figure>
      )}
      <dl className={styles.figures}>
        {figures.map(([name, value, bad]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={`numeric ${bad === 'bad' ? 'bad' : ''}`}>{value}</dd>
          </div>
        ))}
      </dl>
      {Values.length > 0 && (
        <section
          className={`${styles.first} ${summary.Distinct ? 'mono' : 'numeric'}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
          tabIndex={0}
          aria-label="First values"
        >
          {Values.map((value) => (summary.Distinct ? `“${value}”` : figureText(value))).join('  ')}
          {Count > Values.length && ' …'}
        </section>
      )}
    </div>
  )
}

type Figure = [name: string, value: string, mark?: 'bad']

/** The informative figures: NaN and infinity are listed only if there are any. */
function figuresOf({ Count, Zeros, NaNs, Infinities, Mean, StandardDeviation, Distinct }: TensorSummary): Figure[] {
  const figures: Figure[] = []
  if (Mean !== null) figures.push(['Mean', figureText(Mean)])
  if (StandardDeviation !== null) figures.push(['Std. deviation', figureText(StandardDeviation)])
  if (Zeros !== null) figures.push(['Zeros', shareText(Zeros, Count)])
  if (NaNs) figures.push(['NaN', shareText(NaNs, Count), 'bad'])
  if (Infinities?.Positive) figures.push(['Infinity', shareText(Infinities.Positive, Count), 'bad'])
  if (Infinities?.Negative) figures.push(['−Infinity', shareText(Infinities.Negative, Count), 'bad'])
  if (Distinct) figures.push(['Different', `${Distinct.Exact ? '' : 'at least '}${groupedNumber(Distinct.Count)}`])
  figures.push(['Values', groupedNumber(Count)])
  return figures
}
