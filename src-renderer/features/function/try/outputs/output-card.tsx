import { useMemo } from 'react'
import type { z } from 'zod'
import { elementTypeInfo } from '../../../../../src-contract/contract/models/element-type.ts'
import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'
import type { RunOutput } from '../../../../../src-contract/contract/models/run.ts'
import { groupedNumber } from '../../../../../src-contract/words/human-number.ts'
import { BarChart } from '../../../../components/layout/bar-chart.tsx'
import { Card } from '../../../../components/layout/card.tsx'
import { TypeName } from '../../../../components/model/signature-line.tsx'
import { CopyButton } from '../../../../components/text/copy-button.tsx'
import { PicturePreview } from '../inputs/picture-preview.tsx'
import styles from '../try-tab.module.css'
import { LinePreview } from './line-preview.tsx'
import { pictureLayout } from './output-picture.ts'
import { shortNumber, summarise } from './output-summary.ts'

/** From so many values on a row is also drawn as a line. */
const LONG_ROW = 32

type Props = { name: string; output: z.infer<typeof RunOutput>; value: GraphValue | undefined }

/** One output: what kind, its range, its best classes, its first values. */
export function OutputCard({ name, output, value }: Props) {
  const summary = useMemo(() => summarise(output), [output])
  const layout = useMemo(() => (output.ElementType === 'string' ? null : pictureLayout(output.Shape)), [output])
  const isRow = layout === null && summary.numbers.length >= LONG_ROW && Math.max(1, ...output.Shape) === summary.count
  const label = (index: number) => value?.Labels.find(({ Id }) => Id === String(index))?.Label ?? String(index)
  const shown = summary.values.map((one) => (typeof one === 'number' ? shortNumber(one) : String(one)))
  return (
    <Card
      title={name}
      note={
        <span className="mono">
          <TypeName value={{ type: elementTypeInfo(output.ElementType).short, elementType: output.ElementType }} />{' '}
          {output.Shape.length === 0 ? 'scalar' : output.Shape.join('×')}
        </span>
      }
      actions={<CopyButton text={JSON.stringify(output.Data)} what="the values" />}
    >
      {summary.range && summary.count > 1 && (
        <p className={`${styles.range} numeric`}>
          {shortNumber(summary.range.minimum)} to {shortNumber(summary.range.maximum)}, mean{' '}
          {shortNumber(summary.range.mean)}
          {summary.notFinite > 0 && `; ${groupedNumber(summary.notFinite)} not finite`}
        </p>
      )}
      {summary.best.length > 0 && (
        <BarChart
          label={`Largest values of ${name}`}
          bars={summary.best.map((one) => ({
            key: String(one.index),
            label: label(one.index),
            value: Math.max(0, one.value),
            text: shortNumber(one.value),
          }))}
        />
      )}
      {layout && <PicturePreview values={summary.numbers} layout={layout} name={name} />}
      {isRow && <LinePreview values={summary.numbers} name={name} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={`${styles.values} mono`} aria-label={`Values of ${name}`} tabIndex={0}>
        {summary.count === 0 ? 'no values' : shown.join(', ')}
        {summary.count > shown.length && `, … (${groupedNumber(summary.count)} values)`}
      </section>
    </Card>
  )
}
