import { SegmentedControl } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { groupedNumber } from '../../../../src-contract/words/human-number.ts'
import { AddButton } from '../../../components/forms/add-button.tsx'
import { cataloguesQuery, countQuery, functionQuery } from '../../../lib/api/queries.ts'
import { chipWords } from '../../../lib/state/filters.ts'
import { filtersOf, type ListingSearch, placeOf } from '../../../lib/state/listing-search.ts'
import { FilterChip } from './filter-chip.tsx'
import styles from './filter-chips.module.css'
import { FilterMenu } from './filter-menu.tsx'
import { SaveView } from './save-view.tsx'

/** What the place of duplicates shows. */
const duplicates = [
  { value: 'any', label: 'All' },
  { value: 'bytes', label: 'Same bytes' },
  { value: 'structure', label: 'Same structure, different weights' },
]

type SwitchProps = { search: ListingSearch; total: number | undefined; onChange: (value: string) => void }

/**
 * Which kind of duplicates, each with how many of them pass the other filters. None is the sum of the others, for a model may have duplicates
 * of both kinds; how many are shown the list itself has told.
 */
function DuplicatesSwitch({ search, total, onChange }: SwitchProps) {
  const counts = useQueries({
    queries: duplicates.map(({ value }) => ({
      ...countQuery(filtersOf({ ...search, Duplicates: value })),
      enabled: value !== search.Duplicates,
    })),
  })
  const data = duplicates.map(({ value, label }, index) => {
    const count = (value === search.Duplicates ? total : undefined) ?? counts[index]?.data
    return { value, label: count === undefined ? label : `${label} (${groupedNumber(count)})` }
  })
  return (
    <SegmentedControl
      size="xs"
      className={styles.duplicates}
      aria-label="Kind of duplicates"
      data={data}
      value={search.Duplicates ?? ''}
      onChange={onChange}
    />
  )
}

type Props = {
  search: ListingSearch
  /** An undefined value takes the filter away; the filter `instead` makes room for it. */
  onSet: (name: string, value: string | undefined, instead?: string) => void
  /** How many models the list has; undefined until that is known. */
  total: number | undefined
  summary: string
}

/** The filters that are set, as a sentence: *Input is Image · Width 200 to 640*; each can be taken away. */
export function FilterChips({ search, onSet, total, summary }: Props) {
  const catalogues = useQuery(cataloguesQuery)
  const duplicate = search.SameBytesAs ?? search.SameStructureAs ?? ''
  const model = useQuery({ ...functionQuery(duplicate), enabled: duplicate !== '' })
  const nameOf = (uuid: string) =>
    catalogues.data?.find(({ UUID }) => UUID === uuid)?.Name ?? (uuid === duplicate ? model.data?.body.Name : undefined)
  const chips = Object.entries(search).filter(([name]) => !['q', 'OrderBy', 'Duplicates'].includes(name))
  const list = useRef<HTMLUListElement>(null)
  const removed = useRef<number | null>(null)
  const names = chips.map(([name]) => name).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the chip is gone
  useEffect(() => {
    // Who takes one filter after the other away by the keyboard stays among them.
    if (removed.current === null) return
    const others = list.current?.querySelectorAll<HTMLElement>('[data-chip]')
    const next = others?.[Math.min(removed.current, others.length - 1)]
    const target = next ?? list.current?.querySelector<HTMLElement>('[data-add]')
    target?.focus()
    removed.current = null
  }, [names])
  const savable =
    (search.Duplicates !== undefined && search.Duplicates !== 'any') ||
    search.q !== undefined ||
    search.OrderBy !== undefined ||
    chips.length > 1 ||
    (chips.length === 1 && placeOf(search) === 'all')
  return (
    <div className={styles.bar}>
      <ul ref={list} className={styles.chips} aria-label="Filters">
        {search.Duplicates && (
          <li>
            <DuplicatesSwitch search={search} total={total} onChange={(value) => onSet('Duplicates', value)} />
          </li>
        )}
        {chips.map(([name, value = ''], index) => {
          return (
            <li key={name}>
              <FilterChip
                name={name}
                value={value}
                words={chipWords(name, value, nameOf)}
                onSet={(next, changed) => onSet(next, changed, name)}
                onRemove={() => {
                  removed.current = index
                  onSet(name, undefined)
                }}
              />
            </li>
          )
        })}
        <li>
          <FilterMenu onSet={onSet}>
            <AddButton icon={IconPlus} data-add>
              Add filter
            </AddButton>
          </FilterMenu>
        </li>
        <SaveView search={search} savable={savable} />
      </ul>
      <span className={`${styles.summary} numeric`} role="status">
        {summary}
      </span>
    </div>
  )
}
