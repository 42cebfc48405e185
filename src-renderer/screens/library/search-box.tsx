import { ActionIcon, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { plural } from '../../../src-contract/human-number.ts'
import { layout, rememberSearch } from '../../state/layout.ts'
import styles from './search-box.module.css'

type Props = { value: string; total: number | undefined; onChange: (text: string) => void }

/** Search as you type; the address follows each key. Empty and in use, it offers what was searched for before. */
export function SearchBox({ value, total, onChange }: Props) {
  const [text, setText] = useState(value)
  const [focused, setFocused] = useState(false)
  const told = useRef(value)
  const recent = useStore(layout, (state) => state.recentSearches)

  // The address changed by itself (another place, Back): follow it, but never overtake the person's own typing.
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setText(value)
  }, [value])

  const change = (next: string) => {
    setText(next)
    told.current = next
    onChange(next)
  }
  const toList = () => document.querySelector<HTMLElement>('[role="grid"]')?.focus()
  const offers = focused && text === '' && recent.length > 0

  return (
    <search className={styles.box}>
      <TextInput
        id="search"
        type="text"
        role="searchbox"
        aria-label="Search models"
        placeholder={total ? `Search ${plural(total, 'model')}` : 'Search models'}
        value={text}
        maxLength={1000}
        spellCheck={false}
        autoComplete="off"
        leftSection={<IconSearch size={16} stroke={1.6} />}
        rightSection={
          text === '' ? (
            <kbd>/</kbd>
          ) : (
            <ActionIcon size={22} aria-label="Clear the search" onClick={() => change('')}>
              <IconX size={14} />
            </ActionIcon>
          )
        }
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false)
          rememberSearch(text)
        }}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && offers) {
            document.querySelector<HTMLElement>('[data-recent]')?.focus()
            event.preventDefault()
          } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
            rememberSearch(text)
            toList()
            event.preventDefault()
          } else if (event.key === 'Escape') {
            if (text !== '') change('')
            else toList()
          }
        }}
      />
      {offers && (
        // The mouse must not take the focus before the click has chosen.
        <div className={styles.recent} onPointerDown={(event) => event.preventDefault()}>
          <p className={styles.title}>Recent searches</p>
          {recent.map((search) => (
            <button
              key={search}
              type="button"
              data-recent
              className={styles.offer}
              tabIndex={-1}
              onClick={() => change(search)}
            >
              <IconSearch size={14} stroke={1.6} aria-hidden />
              <span className="ellipsis">{search}</span>
            </button>
          ))}
        </div>
      )}
    </search>
  )
}
