import type { FunctionItem } from '../../src-contract/function.ts'
import styles from './status-dot.module.css'

/** What the dot before a name says, in a word. */
export type Standing = 'ok' | 'warn' | 'bad' | 'empty' | 'busy'

/** A model's standing in one word and the sentence that explains it. */
export function standingOf(item: Pick<FunctionItem, 'Status' | 'Runs'>): { standing: Standing; label: string } {
  if (item.Status === 'error') return { standing: 'bad', label: 'Needs attention' }
  if (item.Status === 'new') return { standing: 'empty', label: 'No file yet' }
  if (item.Status === 'downloading') return { standing: 'busy', label: 'Downloading' }
  if (item.Runs === false) return { standing: 'warn', label: 'Readable, does not run here' }
  return item.Runs ? { standing: 'ok', label: 'Runs here' } : { standing: 'busy', label: 'Readable, being checked' }
}

/** A dot with its meaning as text for those who do not see it. */
export function StatusDot({ standing, label }: { standing: Standing; label: string }) {
  return <span className={`${styles.dot} ${styles[standing]}`} role="img" aria-label={label} title={label} />
}
