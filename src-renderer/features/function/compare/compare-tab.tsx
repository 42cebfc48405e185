import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconArrowsDiff, IconCircleCheck, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import type { Comparison } from '../../../../src-contract/contract/models/compare.ts'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { groupedNumber } from '../../../../src-contract/words/human-number.ts'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import { Problem } from '../../../components/text/problem.tsx'
import { comparisonQuery, functionQuery } from '../../../lib/api/queries.ts'
import styles from './compare-tab.module.css'
import { ComparedInitializers } from './compared-initializers.tsx'
import { ComparedParts } from './compared-parts.tsx'
import { ModelPicker } from './model-picker.tsx'

/** Whether the other may take this one's place, said first and by an icon too. */
function Verdict({ comparison, asked, onRandom }: { comparison: Comparison; asked: boolean; onRandom: () => void }) {
  const fine = comparison.Signature.Compatible
  const Icon = fine ? IconCircleCheck : IconAlertTriangle
  return (
    <div className={fine ? styles.verdict : styles.warning} role="status">
      <Icon size={18} className={styles.icon} aria-hidden />
      <p className={styles.sentence}>
        <strong>{comparison.Verdict}</strong>
      </p>
      {!asked && (
        <Button leftSection={<IconPlayerPlay size={15} />} onClick={onRandom}>
          Try on random inputs
        </Button>
      )}
    </div>
  )
}

type ResultProps = { model: FunctionDetail; report: Inspection | undefined; other: string; onAnother: () => void }

function Result({ model, report, other, onAnother }: ResultProps) {
  const [inputs, setInputs] = useState<'none' | 'random'>('none')
  const [show, setShow] = useState<'differences' | 'everything'>('differences')
  const detail = useQuery(functionQuery(other))
  const plain = useQuery(comparisonQuery(model.UUID, other, 'none'))
  const run = useQuery({ ...comparisonQuery(model.UUID, other, 'random'), enabled: inputs === 'random' })
  const comparison = run.data ?? plain.data
  const another = (
    <Button leftSection={<IconArrowsDiff size={15} />} onClick={onAnother}>
      Choose another
    </Button>
  )
  if (plain.isError)
    return (
      <EmptyState title="The models could not be compared" actions={another}>
        {plain.error.message}
      </EmptyState>
    )
  if (!comparison)
    return (
      <div className={`${styles.waiting} waiting`} role="status" aria-label="Comparing">
        <Skeleton height={20} width={320} radius={4} />
        <Skeleton height={52} radius={9} />
        <Skeleton height={240} radius={9} />
      </div>
    )
  const { Changed, Same, Added, Removed, Renamed } = comparison.Initializers
  const counts = [
    [Changed, 'changed'],
    [Same, 'same'],
    [Added, 'added'],
    [Removed, 'removed'],
    [Renamed, 'renamed'],
  ] as const
  const words = counts.filter(([count]) => count > 0).map(([count, word]) => `${groupedNumber(count)} ${word}`)
  return (
    <>
      <div className={styles.switch}>
        <h2 className={styles.title}>
          {model.Name} <span className="quiet">→</span>{' '}
          <Link to="/function/$uuid" params={{ uuid: other }} className={styles.other}>
            {detail.data?.body.Name ?? 'the other'}
          </Link>
        </h2>
        {another}
      </div>
      <Verdict comparison={comparison} asked={run.data !== undefined} onRandom={() => setInputs('random')} />
      {run.isFetching && <p className="quiet">Running both on the same random inputs…</p>}
      {run.error && <Problem>The models could not be run. {run.error.message}</Problem>}
      <div className={styles.switch}>
        <SegmentedControl
          size="xs"
          aria-label="What to show"
          data={[
            { value: 'differences', label: 'Differences only' },
            { value: 'everything', label: 'Everything' },
          ]}
          value={show}
          onChange={setShow}
        />
        <span className="quiet numeric">Initializers: {words.length === 0 ? 'none' : words.join(' · ')}</span>
      </div>
      <ComparedParts comparison={comparison} everything={show === 'everything'} />
      <ComparedInitializers comparison={comparison} report={report} everything={show === 'everything'} />
    </>
  )
}

type Props = { model: FunctionDetail; report: Inspection | undefined; other: string | undefined }

/** Is it safe to put another model in this one's place? */
export function CompareTab({ model, report, other }: Props) {
  const navigate = useNavigate()
  const choose = (uuid: string | undefined) =>
    void navigate({
      to: '/function/$uuid',
      params: { uuid: model.UUID },
      search: { tab: 'compare', ...(uuid !== undefined && { with: uuid }) },
      replace: true,
    })
  return (
    <div className={styles.tab}>
      {other === undefined ? (
        <ModelPicker model={model} onPick={choose} />
      ) : (
        <Result key={other} model={model} report={report} other={other} onAnother={() => choose(undefined)} />
      )}
    </div>
  )
}
