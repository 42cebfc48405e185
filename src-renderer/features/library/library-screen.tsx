import { Button, VisuallyHidden } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import { useSubject } from '../../actions/use-action-context.ts'
import { EmptyState } from '../../components/layout/empty-state.tsx'
import { cataloguesQuery, countQuery } from '../../lib/api/queries.ts'
import { dialogs } from '../../lib/state/dialogs.ts'
import { layout } from '../../lib/state/layout.ts'
import { filtersOf, type ListingSearch, placeOf } from '../../lib/state/listing-search.ts'
import { clearSelection, selection } from '../../lib/state/selection.ts'
import { LibraryCards } from './cards/library-cards.tsx'
import { FilterChips } from './filters/filter-chips.tsx'
import { FilterMenu } from './filters/filter-menu.tsx'
import { SearchBox } from './filters/search-box.tsx'
import { SortMenu } from './filters/sort-menu.tsx'
import { ViewMenu } from './filters/view-menu.tsx'
import { FirstRun } from './first-run/first-run.tsx'
import { useListHead } from './grid/use-listing.ts'
import styles from './library-screen.module.css'
import { EmptyList } from './list/empty-list.tsx'
import { LibraryList } from './list/library-list.tsx'
import { listSubject } from './list-subject.ts'
import { Peek } from './peek.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useStartUpPreview } from './use-start-up-preview.ts'

/** `1,241 of 1,284`, or how many there are. */
function summaryOf(total: number, capped: boolean, all: number | undefined, narrowed: boolean): string {
  if (capped) return `more than ${groupedNumber(total)}`
  if (narrowed && all !== undefined && all > 0) return `${groupedNumber(total)} of ${groupedNumber(all)}`
  return plural(total, 'model')
}

/** Another list has other rows: what was picked in the one before is let go, but not on coming back to the same. */
let listBefore = ''

/** The list of models with its search, filters and peek. */
export function LibraryScreen() {
  const search = useSearch({ from: '/' })
  const navigate = useNavigate({ from: '/' })
  const address = JSON.stringify(search)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same address is the same list
  const filters = useMemo(() => filtersOf(search), [address])
  const head = useListHead(filters)
  const list = useMemo(
    () => ({ filters: head.shown, total: head.total, capped: head.capped }),
    [head.shown, head.total, head.capped],
  )
  const all = useQuery(countQuery(filtersOf({})))
  const peek = useStore(layout, (state) => state.peek)
  const List = useStore(layout, (state) => state.look) === 'cards' ? LibraryCards : LibraryList
  const [current, setCurrent] = useState<FunctionItem>()

  useEffect(() => {
    if (listBefore !== '' && listBefore !== address) {
      clearSelection()
      selection.setState({ cursor: -1, anchor: -1 })
    }
    listBefore = address
  }, [address])

  const catalogue = useQuery(cataloguesQuery).data?.find(({ UUID }) => UUID === search.Catalogue)
  const subject = () => listSubject(list, catalogue)
  useSubject(subject)

  useStartUpPreview(!head.pending, address === '{}' && head.error === null, head.updatedAt)

  const go = (next: ListingSearch) => void navigate({ search: next, replace: true })
  const set = (name: string, value: string | undefined, instead = name) =>
    go({ ...search, [instead]: undefined, [name]: value })
  const narrowed = isNarrowed(search)

  if (!narrowed && all.data === 0 && head.total === 0 && !head.pending) return <FirstRun />
  return (
    <>
      <VisuallyHidden component="h1">Models</VisuallyHidden>
      <div className={styles.bar}>
        <SearchBox value={search.q ?? ''} total={all.data} onChange={(text) => set('q', text)} />
        <FilterMenu onSet={set}>
          <Button leftSection={<IconAdjustmentsHorizontal size={15} />}>Filter</Button>
        </FilterMenu>
        <ViewMenu />
        <SortMenu order={filters.OrderBy} ranked={search.q !== undefined} onOrder={(order) => set('OrderBy', order)} />
        <Button
          variant="filled"
          leftSection={<IconPlus size={15} />}
          onClick={() => dialogs.setState({ import: true })}
        >
          Import
        </Button>
      </div>
      <FilterChips
        search={search}
        onSet={set}
        total={head.pending || head.error || head.shown !== filters ? undefined : head.total}
        summary={head.pending || head.error ? '' : summaryOf(head.total, head.capped, all.data, isNarrowed(head.shown))}
      />
      <div className={styles.body}>
        {head.error ? (
          <EmptyState title="The list could not be read" actions={<Button onClick={head.retry}>Try again</Button>}>
            {head.error.message}
          </EmptyState>
        ) : head.total === 0 && !head.pending ? (
          <div className={styles.fill}>
            <EmptyList search={search} onClear={(names) => go(without(search, names))} onSet={set} />
          </div>
        ) : (
          <List
            list={list}
            search={search.q ?? ''}
            order={filters.OrderBy}
            onOrder={(order) => set('OrderBy', order)}
            onCurrent={setCurrent}
          />
        )}
        {peek && <Peek item={current} />}
      </div>
      <SelectionBar subject={subject} />
      <Title place={placeOf(search)} />
    </>
  )
}

const isNarrowed = (search: ListingSearch) => Object.keys(search).some((name) => name !== 'OrderBy')

function without(search: ListingSearch, names: readonly string[]): ListingSearch {
  return Object.fromEntries(Object.entries(search).filter(([name]) => !names.includes(name)))
}

function Title({ place }: { place: string }) {
  return <title>{place === 'all' ? 'Model Cabinet' : 'Models · Model Cabinet'}</title>
}
