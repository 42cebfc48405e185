import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import {
  type KeyboardEvent,
  type RefObject,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { groupedNumber } from '../../../../src-contract/words/human-number.ts'
import { Pieces } from '../../../components/text/pieces.tsx'
import { findInGraph, type Hit, type Searched } from './find-in-graph.ts'
import styles from './graph-search.module.css'
import { crumbsOf } from './model/scope-words.ts'

const LISTED = 100

type Props = {
  scopes: readonly Searched[]
  current: string
  /** What is still to come or left out, in words. */
  note: string
  input: RefObject<HTMLInputElement | null>
  onAsk: () => void
  onGo: (hit: Hit) => void
  onLeave: () => void
}

const hitKey = ({ scope, node }: Hit) => `${scope.id} ${node.Id}`

/** Finds nodes and tensors in every scope; Enter goes to the next hit, Shift and Enter to the one before. */
export function GraphSearch({ scopes, current, note, input, onAsk, onGo, onLeave }: Props) {
  const [text, setText] = useState('')
  const [active, setActive] = useState(-1)
  const [open, setOpen] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const wanted = useDeferredValue(text)
  const { hits, count } = useMemo(() => findInGraph(scopes, wanted), [scopes, wanted])

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another row is the active one
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const go = (at: number, among: readonly Hit[] = hits) => {
    const hit = among[at]
    if (!hit) return
    setActive(at)
    setOpen(false)
    onGo(hit)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = Math.min(hits.length, LISTED) - 1
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (open) setActive(Math.min(Math.max(active + (event.key === 'ArrowDown' ? 1 : -1), 0), last))
      setOpen(true)
    } else if (event.key === 'Enter') {
      // From the list the chosen one; with the list closed the next one.
      const step = event.shiftKey ? -1 : 1
      // Who types fast is ahead of the list.
      const found = wanted === text ? hits : findInGraph(scopes, text).hits
      go(open ? Math.max(active, 0) : (active + step + found.length) % Math.max(found.length, 1), found)
    } else if (event.key === 'Escape') {
      if (open) setOpen(false)
      else onLeave()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const shown = open && text.trim() !== ''
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the focus leaving its parts
    <div
      className={styles.search}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <TextInput
        ref={input}
        size="xs"
        role="combobox"
        aria-label="Find a node or a tensor"
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        placeholder="Find a node or a tensor"
        leftSection={<IconSearch size={14} />}
        rightSectionWidth={72}
        rightSection={
          text !== '' && (
            <span className={`${styles.quiet} numeric`}>
              {count === 0 ? 'none' : `${active < 0 ? '' : `${groupedNumber(active + 1)}/`}${groupedNumber(count)}`}
            </span>
          )
        }
        value={text}
        onFocus={onAsk}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(-1)
          setOpen(true)
        }}
        onKeyDown={onKeyDown}
      />
      {shown && (
        <div className={styles.drop}>
          <div ref={list} id={id} role="listbox" aria-label="Found in the graph" className={styles.list}>
            {hits.slice(0, LISTED).map((hit, index) => (
              // The keys stay in the search field, which names the active row.
              // biome-ignore lint/a11y/useFocusableInteractive: the same
              // biome-ignore lint/a11y/useKeyWithClickEvents: the same
              <div
                key={hitKey(hit)}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                className={styles.hit}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => go(index)}
              >
                <span className={`${styles.type} mono`}>
                  <Pieces text={hit.node.Type} search={wanted} />
                </span>
                <span className={`${styles.name} mono`}>
                  <Pieces text={hit.value ?? (hit.node.Name || `node ${hit.node.Id}`)} search={wanted} />
                </span>
                {hit.scope.id !== current && (
                  <span className={`${styles.scope} ellipsis`}>
                    in{' '}
                    {crumbsOf(hit.scope.id, '')
                      .map(({ words }) => words)
                      .join(' › ')}
                  </span>
                )}
              </div>
            ))}
          </div>
          <p className={styles.quiet} role="status">
            {count === 0 ? `No matches for “${wanted.trim()}” in the graph.` : ''}
            {count > LISTED ? `The first ${LISTED} of ${groupedNumber(count)}; press Enter for the next.` : ''}
            {note !== '' && ` ${note}`}
          </p>
        </div>
      )}
    </div>
  )
}
