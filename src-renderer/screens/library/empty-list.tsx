import { Button } from '@mantine/core'
import { EmptyState } from '../../components/empty-state.tsx'
import { dialogs } from '../../state/dialogs.ts'
import { type ListingSearch, placeOf, places } from '../../state/listing-search.ts'

const lessons: Record<string, { title: string; text: string }> = {
  starred: { title: 'No starred models', text: 'Press S on a model to keep it at hand here.' },
  uncatalogued: {
    title: 'Every model is in a catalogue',
    text: 'New models without a catalogue wait here to be filed.',
  },
  attention: {
    title: 'Nothing needs attention',
    text: 'A model shows up here when its file is lost or damaged, or a download failed for good.',
  },
  linked: { title: 'No linked models', text: 'Models that are fetched from another place show up here.' },
  duplicates: { title: 'No duplicates', text: 'Models whose files hold the same bytes show up here.' },
}

type Props = { search: ListingSearch; onClear: (names: readonly string[]) => void }

/** Says why a list is empty and what to do about it. */
export function EmptyList({ search, onClear }: Props) {
  const place = placeOf(search)
  const own = Object.keys(places.find(({ id }) => id === place)?.search ?? { Catalogue: '' })
  const filters = Object.keys(search).filter(
    (name) => name !== 'q' && name !== 'OrderBy' && name !== 'Duplicates' && !own.includes(name),
  )
  if (search.q !== undefined)
    return (
      <EmptyState
        title={`Nothing matches “${search.q}”`}
        actions={
          <>
            <Button onClick={() => onClear(['q'])}>Clear the search</Button>
            {filters.length > 0 && <Button onClick={() => onClear(filters)}>Clear the filters</Button>}
            {place !== 'all' && <Button onClick={() => onClear(own)}>Search all models</Button>}
          </>
        }
      >
        Names, documentation, in- and outputs and operators were searched; every word must match.
      </EmptyState>
    )
  if (filters.length > 0)
    return (
      <EmptyState
        title="No model passes these filters"
        actions={<Button onClick={() => onClear(filters)}>Clear the filters</Button>}
      />
    )
  if (search.Duplicates === 'structure')
    return (
      <EmptyState title="No two models share a structure">
        Models that differ in their weights alone show up here, such as two trainings of one network.
      </EmptyState>
    )
  const lesson = lessons[place]
  if (lesson) return <EmptyState title={lesson.title}>{lesson.text}</EmptyState>
  return (
    <EmptyState
      title="This catalogue is empty"
      actions={<Button onClick={() => dialogs.setState({ import: true })}>Import…</Button>}
    >
      Drag models onto it from a list, or drop files on it to import them here.
    </EmptyState>
  )
}
