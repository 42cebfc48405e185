import { Popover } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { definitionOf } from '../../../lib/state/filters.ts'
import styles from './filter-chips.module.css'
import { FilterEditor } from './filter-editor.tsx'
import menu from './filter-menu.module.css'

type Props = {
  name: string
  value: string
  /** The filter as a sentence in two halves, the second of which may be empty. */
  words: readonly [string, string]
  onSet: (name: string, value: string) => void
  onRemove: () => void
}

/** A filter that is set: a press on its words changes it, the cross or Delete takes it away. */
export function FilterChip({ name, value, words: [label, word], onSet, onRemove }: Props) {
  const [open, setOpen] = useState(false)
  const filter = definitionOf(name)
  const sentence = `${label} ${word}`.trim()
  const words = (
    <>
      <span className={styles.label}>{label}</span>
      {word !== '' && <span className={`${styles.word} ellipsis`}>{word}</span>}
    </>
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the two buttons in it
    <span
      className={styles.chip}
      onKeyDown={(event) => {
        if (!open && (event.key === 'Delete' || event.key === 'Backspace')) onRemove()
      }}
    >
      {filter && word !== '' ? (
        <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus withRoles>
          <Popover.Target>
            <button
              type="button"
              className={styles.words}
              aria-label={`Change the filter ${sentence}`}
              onClick={() => setOpen(!open)}
            >
              {words}
            </button>
          </Popover.Target>
          <Popover.Dropdown className={menu.editor}>
            <p className={menu.title}>{filter.label}</p>
            <FilterEditor
              filter={filter}
              now={{ name, value }}
              onSet={(next, changed) => {
                setOpen(false)
                onSet(next, changed)
              }}
            />
          </Popover.Dropdown>
        </Popover>
      ) : (
        <span className={styles.words}>{words}</span>
      )}
      <button
        type="button"
        className={styles.remove}
        data-chip
        aria-label={`Remove the filter ${sentence}`}
        onClick={onRemove}
      >
        <IconX size={13} aria-hidden />
      </button>
    </span>
  )
}
