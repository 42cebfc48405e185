import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Problem } from '../../components/text/problem.tsx'
import styles from './side-bar.module.css'

type Props = {
  label: string
  initial: string
  /** Rejects with the sentence that is shown under the field. */
  onSave: (name: string) => Promise<void>
  onClose: () => void
}

/** A name typed in place: Enter or leaving the field keeps it, Escape does not. */
export function NameInPlace({ label, initial, onSave, onClose }: Props) {
  const [text, setText] = useState(initial)
  const [problem, setProblem] = useState('')
  const [saving, setSaving] = useState(false)
  const save = async () => {
    const name = text.trim()
    if (saving) return
    if (name === '' || name === initial) return onClose()
    setSaving(true)
    try {
      await onSave(name)
      onClose()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It could not be saved.')
      setSaving(false)
    }
  }
  return (
    <div className={styles.edit}>
      <TextInput
        size="xs"
        aria-label={label}
        placeholder="Name"
        value={text}
        maxLength={200}
        data-autofocus
        autoFocus
        error={problem !== ''}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Enter') void save()
          if (event.key === 'Escape') onClose()
        }}
      />
      <Problem>{problem}</Problem>
    </div>
  )
}
