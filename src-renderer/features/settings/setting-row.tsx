import type { ReactNode } from 'react'
import { SaveState } from '../../components/text/save-state.tsx'
import type { Saving } from '../../lib/hooks/use-save.ts'
import styles from './setting-row.module.css'

type Props = {
  id: string
  label: string
  help?: ReactNode
  saving: Saving
  fixedBy: string | undefined
  children: ReactNode
}

/** For what this window changes at once and no switch of a start fixes. */
export const atOnce = { saving: { state: 'idle', sentence: '' }, fixedBy: undefined } as const

/** A setting: what it is, the control, and beside it how saving goes or why it cannot be changed now. */
export function SettingRow({ id, label, help, saving, fixedBy, children }: Props) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <span className={styles.head}>
          <span id={id}>{label}</span>
          {saving.state !== 'refused' && <SaveState saving={saving} />}
        </span>
        {(help !== undefined || fixedBy !== undefined) && (
          <span id={`${id}-help`} className={styles.help}>
            {fixedBy === undefined ? (
              help
            ) : (
              <>
                Set by <code>{fixedBy}</code> until the next start.
              </>
            )}
          </span>
        )}
        {saving.state === 'refused' && <SaveState saving={saving} />}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  )
}
