import { type FocusEvent, type KeyboardEvent, useState } from 'react'

type Options<Value> = {
  /** What is in effect. */
  shown: Value
  save: (value: Value, onSaved: () => void) => void
  /** Forgets that saving was refused. */
  reset: () => void
}

/**
 * What is being typed into the fields of one setting. Enter saves it, and so does leaving all of its fields, unless just that was refused
 * already; Escape gives it up.
 */
export function useDraft<Value>({ shown, save, reset }: Options<Value>) {
  const [draft, setDraft] = useState<Value | null>(null)
  const [tried, setTried] = useState<Value | null>(null)
  const isSame = (one: Value, other: Value | null) => JSON.stringify(one) === JSON.stringify(other)
  const giveUp = () => {
    setDraft(null)
    setTried(null)
    reset()
  }
  const submit = (value: Value) => {
    if (isSame(value, shown)) return giveUp()
    setTried(value)
    save(value, () => {
      setDraft(null)
      setTried(null)
    })
  }
  return {
    value: draft ?? shown,
    setDraft,
    /** For the element around the fields. */
    around: {
      onBlur({ currentTarget, relatedTarget }: FocusEvent) {
        if (draft !== null && !currentTarget.contains(relatedTarget) && !isSame(draft, tried)) submit(draft)
      },
      onKeyDown({ key }: KeyboardEvent) {
        if (draft === null) return
        if (key === 'Enter') submit(draft)
        if (key === 'Escape') giveUp()
      },
    },
  }
}
