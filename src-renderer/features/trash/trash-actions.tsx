import { Button } from '@mantine/core'
import { useState } from 'react'
import { plural } from '../../../src-contract/words/human-number.ts'
import { purgeFunctions, undeleteFunctions } from '../../actions/change-functions.ts'
import styles from './trash-screen.module.css'

type Props = { chosen: readonly string[]; total: number; onDone: () => void }

/** What can be done with the chosen models, or with the whole trash where none is chosen. Deleting for good asks first. */
export function TrashActions({ chosen, total, onDone }: Props) {
  const [asking, setAsking] = useState(false)
  const isAll = chosen.length === 0
  const targets = isAll ? ('trash' as const) : chosen
  const models = plural(isAll ? total : chosen.length, 'model')
  const end = () => {
    setAsking(false)
    onDone()
  }
  if (asking)
    return (
      <div className={styles.question} role="alertdialog" aria-labelledby="purge-question">
        <p id="purge-question">
          {models} and the files that no other model uses are deleted from this computer now. This cannot be undone.
        </p>
        <Button variant="danger" onClick={() => void purgeFunctions(targets).then(end)}>
          Delete for good
        </Button>
        <Button autoFocus onClick={() => setAsking(false)}>
          Cancel
        </Button>
      </div>
    )
  return (
    <div className={styles.actions}>
      <Button onClick={() => void undeleteFunctions(targets).then(end)}>
        {isAll ? 'Restore all' : `Restore ${models}`}
      </Button>
      <Button variant="danger" onClick={() => setAsking(true)}>
        {isAll ? 'Empty trash…' : `Delete ${models} for good…`}
      </Button>
    </div>
  )
}
