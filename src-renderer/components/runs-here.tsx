import type { FunctionItem } from '../../src-contract/function.ts'
import type { RuntimeCheck } from '../../src-contract/inspection.ts'
import { runsHereWords } from '../../src-contract/report-words.ts'
import styles from './runs-here.module.css'
import { StatusDot, standingOf } from './status-dot.tsx'

/** Whether ONNX Runtime opens the model on this machine, in words. */
export function runsWords(item: Pick<FunctionItem, 'Status' | 'Runs'>, check: RuntimeCheck | undefined): string {
  if (item.Status === 'new') return 'no file yet'
  if (item.Status !== 'ok') return 'no readable file'
  if (check !== undefined && check.State !== 'pending') return runsHereWords(check)
  return item.Runs === null ? 'being checked' : item.Runs ? 'yes' : 'no'
}

type Props = { item: Pick<FunctionItem, 'Status' | 'Runs'>; check: RuntimeCheck | undefined }

/** The same with its dot, and why not where it does not run. */
export function RunsHere({ item, check }: Props) {
  return (
    <span className={styles.runs}>
      <span className={styles.line}>
        <span aria-hidden>
          <StatusDot {...standingOf(item)} />
        </span>
        {runsWords(item, check)}
      </span>
      {check?.State === 'failed' && check.Message !== '' && <span className={styles.why}>{check.Message}</span>}
    </span>
  )
}
