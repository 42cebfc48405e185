import { Skeleton } from '@mantine/core'
import type { Inspection } from '../../../../../src-contract/contract/models/inspection.ts'
import type { RunResult } from '../../../../../src-contract/contract/models/run.ts'
import { duration, shortBytes } from '../../../../../src-contract/words/human-number.ts'
import { Card } from '../../../../components/layout/card.tsx'
import { Problem } from '../../../../components/text/problem.tsx'
import styles from '../try-tab.module.css'
import { OutputCard } from './output-card.tsx'

type Props = {
  report: Inspection
  result: RunResult | undefined
  pending: boolean
  /** Why there can be none, in a sentence. */
  obstacle: string | null
  /** Why there is none, in a sentence. */
  problem: string | null
  onRun: () => void
}

/** What a run gave, or what to do to get it. */
export function Outputs({ report, obstacle, result, pending, problem, onRun }: Props) {
  if (obstacle !== null)
    return (
      <Card title="Outputs">
        <p className="quiet">{obstacle} Python’s onnxruntime supports more types: see the code on the API tab.</p>
      </Card>
    )
  if (problem !== null)
    return (
      <Card title="Outputs">
        <Problem>{problem}</Problem>
      </Card>
    )
  if (!result)
    return (
      <Card title="Outputs">
        {pending ? (
          <div className="waiting" role="status" aria-label="Running">
            <Skeleton height={14} width="60%" radius={4} />
            <Skeleton height={14} radius={4} mt={10} />
            <Skeleton height={14} width="80%" radius={4} mt={10} />
          </div>
        ) : (
          <p className="quiet">
            The inputs are filled in:{' '}
            <button type="button" className={styles.link} onClick={onRun}>
              run it
            </button>{' '}
            to see {report.Outputs.length === 1 ? 'the output' : `the ${report.Outputs.length} outputs`} here.
          </p>
        )}
      </Card>
    )
  return (
    <div className={`${styles.column} ${pending ? styles.stale : ''}`}>
      <p className="quiet numeric">
        Ran in {duration(result.Times.Run)}, loaded in {duration(result.Times.Load)}, {result.Provider}, at most{' '}
        {shortBytes(result.PeakMemory)}
      </p>
      {Object.entries(result.Outputs).map(([name, output]) => (
        <OutputCard
          key={name}
          name={name}
          output={output}
          value={report.Outputs.find((value) => value.Name === name)}
        />
      ))}
      {result.Skipped.map(({ Name, Message }) => (
        <p key={Name} className="quiet">
          {Name}: {Message}
        </p>
      ))}
    </div>
  )
}
