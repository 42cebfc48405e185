import type { RuntimeCheck } from '../../../src-contract/contract/models/inspection.ts'
import { runsHereWords } from '../../../src-contract/words/report-words.ts'
import { runsVerdict } from '../../lib/format/trouble.ts'
import styles from './runs-here.module.css'
import { type ItemStatus, StatusDot, standingOf } from './status-dot.tsx'

/** Whether ONNX Runtime opens the model on this machine, in words. */
export function runsWords(item: ItemStatus, check: RuntimeCheck | undefined): string {
  if (item.Status === 'new') return 'no file yet'
  if (item.Status !== 'ok') return 'no readable file'
  if (check !== undefined && check.State !== 'pending') return runsHereWords(check)
  return verdicts[runsVerdict(item).answer]
}

const verdicts: Record<ReturnType<typeof runsVerdict>['answer'], string> = {
  yes: 'yes',
  no: 'no',
  unknown: 'not known',
  checking: 'being checked',
  'no file': 'no readable file',
}

type Props = { item: ItemStatus; check: RuntimeCheck | undefined }

/** The same with its dot, and why not where it does not run. */
export function RunsHere({ item, check }: Props) {
  const why = check?.State === 'failed' ? check.Message : (item.RunsFailure?.Message ?? '')
  return (
    <span className={styles.runs}>
      <span className={styles.line}>
        <span aria-hidden>
          <StatusDot {...standingOf(item)} />
        </span>
        {runsWords(item, check)}
      </span>
      {item.Status === 'ok' && why !== '' && <span className={styles.why}>{why}</span>}
    </span>
  )
}
