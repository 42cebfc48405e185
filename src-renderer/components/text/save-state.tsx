import { useEffect, useState } from 'react'
import type { Saving } from '../../lib/hooks/use-save.ts'
import { intoSight } from '../layout/into-sight.ts'
import styles from './save-state.module.css'

/** True once `on` has lasted for so many milliseconds. */
function useLasting(on: boolean, milliseconds: number): boolean {
  const [lasted, setLasted] = useState(false)
  useEffect(() => {
    if (!on) return setLasted(false)
    const timer = setTimeout(() => setLasted(true), milliseconds)
    return () => clearTimeout(timer)
  }, [on, milliseconds])
  return on && lasted
}

/** Says beside a field whether it is being saved, saved or refused. */
export function SaveState({ saving }: { saving: Saving }) {
  const slow = useLasting(saving.state === 'saving', 200)
  const old = useLasting(saving.state === 'saved', 3_000)
  if (saving.state === 'refused')
    return (
      <span className={styles.refused} role="alert" ref={intoSight}>
        Not saved. {saving.sentence}
      </span>
    )
  const word = slow ? 'Saving…' : saving.state === 'saved' && !old ? 'Saved' : ''
  return (
    <span className={styles.state} role="status">
      {word}
    </span>
  )
}
