// biome-ignore-all lint/a11y/useSemanticElements: the cards are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current card
import { IconStarFilled } from '@tabler/icons-react'
import { memo } from 'react'
import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import { shortBytes } from '../../../../src-contract/words/human-number.ts'
import { type ShortSignature, shortNamedSignature } from '../../../../src-contract/words/signature-line.ts'
import { Shape, TypeName } from '../../../components/model/signature-line.tsx'
import { StatusDot, standingOf } from '../../../components/model/status-dot.tsx'
import { Pieces } from '../../../components/text/pieces.tsx'
import { ago, wholeMoment } from '../../../lib/format/time.ts'
import { runsVerdict, troubleOf } from '../../../lib/format/trouble.ts'
import { rowId } from '../grid/grid-frame.tsx'
import { NameLink } from '../grid/name-link.tsx'
import { PickMark } from '../grid/pick-mark.tsx'
import { Catalogues, Signature } from '../list/columns.tsx'
import styles from './library-cards.module.css'

/** The first values of one side, one a line. */
function Values({
  label,
  values,
  count,
  symbols,
  search,
}: {
  label: string
  search: string
  values: ShortSignature['inputs']
  count: number
  symbols: ShortSignature['symbols']
}) {
  const [first] = values
  return (
    <div className={styles.value}>
      <dt>{label}</dt>
      <dd className="ellipsis">
        {first ? (
          <>
            <span className={styles.tensor}>
              <Pieces text={first.name} search={search} />
            </span>{' '}
            <TypeName value={first} /> <Shape value={first} symbols={symbols} />
            {count > 1 && <span className={styles.more}> +{count - 1}</span>}
          </>
        ) : (
          'nothing'
        )}
      </dd>
    </div>
  )
}

/** Whether it runs, as a card says it: there is no column's name above it. */
function RunsWords({ item }: { item: FunctionItem }) {
  const { answer, reason } = runsVerdict(item)
  if (answer === 'no file') return null
  if (answer === 'checking') return 'being checked'
  if (answer === 'yes') return 'runs here'
  if (answer === 'unknown') return <span title={troubleOf(item)}>check {reason}</span>
  return (
    <span title={troubleOf(item)}>
      <span className={styles.warn}>does not run</span>
      {reason !== '' && `: ${reason}`}
    </span>
  )
}

/** What stands on a card below the name: of models with something wrong, what that is. */
type CardBody = 'signature' | 'trouble'

type Props = {
  index: number
  item: FunctionItem | undefined
  body: CardBody
  search: string
  picked: boolean
  current: boolean
}

/** One model as a card; without an item, the space it will take. */
export const ModelCard = memo(function ModelCard({ index, item, body, search, picked, current }: Props) {
  if (!item) return <div role="gridcell" className={styles.card} aria-busy />
  const { inputs, outputs, counts, symbols } = shortNamedSignature(item)
  return (
    <div
      id={rowId(index)}
      role="gridcell"
      className={styles.card}
      aria-selected={picked}
      data-index={index}
      data-uuid={item.UUID}
      data-current={current || undefined}
      draggable
    >
      <div className={styles.head}>
        <StatusDot {...standingOf(item)} />
        <NameLink item={item} search={search} className={styles.name} />
        {item.Starred && <IconStarFilled size={13} className={styles.star} role="img" aria-label="Starred" />}
        <PickMark picked={picked} />
      </div>
      {body === 'trouble' ? (
        <p className={styles.trouble} title={troubleOf(item)}>
          {troubleOf(item)}
        </p>
      ) : item.Status === 'ok' ? (
        <dl className={`${styles.values} mono`}>
          <Values label="in" values={inputs} count={counts.inputs} symbols={symbols} search={search} />
          <Values label="out" values={outputs} count={counts.outputs} symbols={symbols} search={search} />
        </dl>
      ) : (
        <div className={styles.values}>
          <Signature item={item} search={search} />
        </div>
      )}
      {item.Catalogues.length > 0 && (
        <div className={styles.tags}>
          <Catalogues item={item} />
        </div>
      )}
      <div className={`${styles.foot} numeric`}>
        <span>{item.TotalSize === 0 ? 'no file' : shortBytes(item.TotalSize)}</span>
        <span>
          <RunsWords item={item} />
        </span>
        <span title={wholeMoment(item.UpdatedAt)}>{ago(item.UpdatedAt)}</span>
      </div>
    </div>
  )
})
