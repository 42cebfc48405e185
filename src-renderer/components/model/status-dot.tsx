import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { runsVerdict, troubleOf } from '../../lib/format/trouble.ts'
import styles from './status-dot.module.css'

/** What the dot before a name says, in a word. */
export type Standing = 'ok' | 'warn' | 'unknown' | 'bad' | 'empty' | 'busy'

/** What a model's status is derived from. */
export type ItemStatus = Pick<FunctionItem, 'Status' | 'Runs' | 'RunsFailure' | 'SyncInformation'>

/** A model's standing in one word, the sentence that explains it, and why it is so where something is wrong. */
export function standingOf(item: ItemStatus): { standing: Standing; label: string; why: string } {
  const why = troubleOf(item)
  if (item.Status === 'error') return { standing: 'bad', label: 'Needs attention', why }
  if (item.Status === 'new') return { standing: 'empty', label: 'No file yet', why }
  if (item.Status === 'downloading') return { standing: 'busy', label: 'Downloading', why }
  const { answer } = runsVerdict(item)
  if (answer === 'unknown') return { standing: 'unknown', label: 'Readable, the check timed out', why }
  if (answer === 'no') return { standing: 'warn', label: 'Readable, does not run here', why }
  return answer === 'yes'
    ? { standing: 'ok', label: 'Runs here', why }
    : { standing: 'busy', label: 'Readable, being checked', why }
}

/** A dot with its meaning as text for those who do not see it. */
export function StatusDot({ standing, label, why }: { standing: Standing; label: string; why: string }) {
  const text = why === '' ? label : `${label}: ${why}`
  return <span className={`${styles.dot} ${styles[standing]}`} role="img" aria-label={text} title={text} />
}
