import { SegmentedControl } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { groupedNumber } from '../../../src-contract/human-number.ts'
import { cataloguesQuery, countQuery, functionQuery } from '../../api/queries.ts'
import { chipWords } from '../../state/filters.ts'
import { filtersOf, type ListingSearch, placeOf } from '../../state/listing-search.ts'
import styles from './filter-chips.module.css'
import { FilterMenu } from './filter-menu.tsx'
import { SaveView } from './save-view.tsx'

/** What the place of duplicates shows. */
const twins = [
  { value: 'any', label: 'All' },
  { value: 'bytes', label: 'Same bytes' },
  { value: 'structure', label: 'Same structure, other weights' },
]

/** Which kind of duplicates, each with how many of them pass the other filters. */
function TwinsSwitch({ search, onChange }: { search: ListingSearch; onChange: (value: string) => void }) {
  const counts = useQueries({
    queries: twins.map(({ value }) => countQuery(filtersOf({ ...search, Duplicates: value }))),
  })
  const data = twins.map(({ value, label }, index) => {
    const count = counts[index]?.data
    return { value, label: count === undefined ? label : `${label} (${groupedNumber(count)})` }
  })
  return (
    <SegmentedControl
      size="xs"
      aria-label="What duplicates have in common"
      data={data}
      value={search.Duplicates ?? ''}
      onChange={onChange}
    />
  )
}

type Props = {
  search: ListingSearch
  /** An undefined value takes the filter away. */
  onSet: (name: string, value: string | undefined) => void
  summary: string
}

/** The filters that are set, as a sentence: *Input is Image · Width 200 to 640*; each can be taken away. */
export function FilterChips({ search, onSet, summary }: Props) {
  const catalogues = useQuery(cataloguesQuery)
  const twin = search.SameBytesAs ?? search.SameStructureAs ?? ''
  const model = useQuery({ ...functionQuery(twin), enabled: twin !== '' })
  const nameOf = (uuid: string) =>
    catalogues.data?.find(({ UUID }) => UUID === uuid)?.Name ?? (uuid === twin ? model.data?.body.Name : undefined)
  const chips = Object.entries(search).filter(([name]) => !['q', 'OrderBy', 'Duplicates'].includes(name))
  const savable =
    (search.Duplicates !== undefined && search.Duplicates !== 'any') ||
    search.q !== undefined ||
    search.OrderBy !== undefined ||
    chips.length > 1 ||
    (chips.length === 1 && placeOf(search) === 'all')
  return (
    <div className={styles.bar}>
      <ul className={styles.chips} aria-label="Filters">
        {search.Duplicates && (
          <li>
            <TwinsSwitch search={search} onChange={(value) => onSet('Duplicates', value)} />
          </li>
        )}
        {chips.map(([name, value = '']) => {
          const [label, word] = chipWords(name, value, nameOf)
          return (
            <li key={name}>
              <button
                type="button"
                className={styles.chip}
                aria-label={`Remove the filter ${label} ${word}`}
                onClick={() => onSet(name, undefined)}
                onKeyDown={(event) => {
                  if (event.key === 'Delete' || event.key === 'Backspace') onSet(name, undefined)
                }}
              >
                <span className={styles.label}>{label}</span>
                <span className={styles.word}>{word}</span>
                <IconX size={13} aria-hidden />
              </button>
            </li>
          )
        })}
        <li>
          <FilterMenu onSet={onSet}>
            <button type="button" className={styles.add}>
              <IconPlus size={13} aria-hidden />
              Add filter
            </button>
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
