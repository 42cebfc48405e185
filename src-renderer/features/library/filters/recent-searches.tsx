import { IconSearch } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import styles from './search-box.module.css'

type Props = { searches: readonly string[]; onChoose: (search: string) => void; onLeave: (to: 'box' | 'list') => void }

/** What was searched for before. Arrows walk through it: up from the first to the box, down from the last to the list. */
export function RecentSearches({ searches, onChoose, onLeave }: Props) {
  const walk = (event: KeyboardEvent<HTMLButtonElement>) => {
    const { nextElementSibling: next, previousElementSibling: previous } = event.currentTarget
    if (event.key === 'Escape') onLeave('box')
    else if (event.key === 'ArrowDown') next instanceof HTMLButtonElement ? next.focus() : onLeave('list')
    else if (event.key === 'ArrowUp') previous instanceof HTMLButtonElement ? previous.focus() : onLeave('box')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // The mouse must not take the focus before the click has chosen.
    <div className={styles.recent} onPointerDown={(event) => event.preventDefault()}>
      <p className={styles.title}>Recent searches</p>
      {searches.map((search, index) => (
        <button
          key={search}
          type="button"
          data-first-recent={index === 0 || undefined}
          className={styles.offer}
          tabIndex={-1}
          onKeyDown={walk}
          onClick={() => onChoose(search)}
        >
          <IconSearch size={14} stroke={1.6} aria-hidden />
          <span className="ellipsis">{search}</span>
        </button>
      ))}
    </div>
  )
}
