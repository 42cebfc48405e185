import { ActionIcon, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useStore } from 'zustand'
import { plural } from '../../../../src-contract/words/human-number.ts'
import { layout, rememberSearch } from '../../../lib/state/layout.ts'
import { RecentSearches } from './recent-searches.tsx'
import styles from './search-box.module.css'

type Props = { value: string; total: number | undefined; onChange: (text: string) => void }

/** Search as you type; the address follows each key. Empty, it offers what was searched for before: on a click or Arrow down. */
export function SearchBox({ value, total, onChange }: Props) {
  const [text, setText] = useState(value)
  const [asked, setAsked] = useState(false)
  const box = useRef<HTMLInputElement>(null)
  const told = useRef(value)
  const recent = useStore(layout, (state) => state.recentSearches)

  // The address changed by itself (another place, Back): follow it, but never overtake the person's own typing.
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setText(value)
  }, [value])

  const change = (next: string) => {
    setAsked(false)
    setText(next)
    told.current = next
    onChange(next)
  }
  const toList = () => document.querySelector<HTMLElement>('[role="grid"]')?.focus()
  const toBox = () => {
    setAsked(false)
    box.current?.focus()
  }
  const canOffer = text === '' && recent.length > 0
  const offers = asked && canOffer
  const offerFirst = () => {
    flushSync(() => setAsked(true))
    document.querySelector<HTMLElement>('[data-first-recent]')?.focus()
  }

  return (
    <search
      className={styles.box}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setAsked(false)
      }}
    >
      <TextInput
        ref={box}
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
        onClick={() => setAsked(true)}
        onBlur={() => rememberSearch(text)}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && canOffer) {
            offerFirst()
            event.preventDefault()
          } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
            rememberSearch(text)
            toList()
            event.preventDefault()
          } else if (event.key === 'Escape') {
            if (offers) setAsked(false)
            else if (text !== '') change('')
            else toList()
          }
        }}
      />
      {offers && (
        <RecentSearches
          searches={recent}
          onChoose={(search) => {
            change(search)
            toBox()
          }}
          onLeave={(to) => (to === 'list' ? toList() : toBox())}
        />
      )}
    </search>
  )
}
