import { type KeyboardEvent, useId, useRef, useState } from 'react'
import styles from './editable-text.module.css'

type Props = {
  /** What the text is, for those who do not see where it stands. */
  label: string
  value: string
  placeholder: string
  /** Where it is refused, the text stays in the field to be corrected. */
  onSave: (text: string) => Promise<unknown>
  className?: string
  maxLength?: number
  /** Lets a key of the page open the field. */
  'data-edit'?: string
}

/** A text that becomes a field when it is clicked; Enter or leaving it saves, Escape does not. */
export function EditableText({ label, value, placeholder, onSave, className = '', maxLength = 200, ...data }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()

  const close = () => {
    setDraft(null)
    // Back to where the keyboard was.
    requestAnimationFrame(() => document.activeElement === document.body && button.current?.focus())
  }
  const save = async () => {
    if (draft === null) return
    if (draft.trim() === value) return close()
    const kept = draft
    setDraft(null)
    try {
      await onSave(kept.trim())
      close()
    } catch {
      setDraft(kept)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // The window's own keys (Ctrl K and such) go on.
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation()
    if (event.key === 'Enter') void save()
    if (event.key === 'Escape') close()
  }

  if (draft === null)
    return (
      <button
        ref={button}
        type="button"
        className={`${styles.text} ${value === '' ? styles.empty : ''} ${className}`}
        aria-label={value === '' ? `${placeholder} (${label})` : `${value}, edit ${label}`}
        title="Click to edit"
        onClick={() => setDraft(value)}
        {...data}
      >
        {value === '' ? placeholder : value}
      </button>
    )
  return (
    <input
      id={id}
      className={`${styles.field} ${className}`}
      aria-label={label}
      value={draft}
      maxLength={maxLength}
      spellCheck={false}
      // biome-ignore lint/a11y/noAutofocus: the person just asked to edit it
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={onKeyDown}
    />
  )
}
