import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { operations } from '../../../../src-contract/operations/operations.ts'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import { call } from '../../../lib/api/client.ts'
import { tellProblem } from '../../../lib/notices/notify.tsx'
import { dialogs } from '../../../lib/state/dialogs.ts'
import { type ListingSearch, placeOf, places } from '../../../lib/state/listing-search.ts'

const lessons: Record<string, { title: string; text: string }> = {
  starred: { title: 'No starred models', text: 'Press S on a model in any list to find it here.' },
  uncatalogued: {
    title: 'Every model is in a catalogue',
    text: 'Models in no catalogue appear here. Drag them onto a catalogue, or press C.',
  },
  attention: {
    title: 'Nothing needs attention',
    text: 'Models whose file is missing, damaged or could not be fetched appear here, and models that do not run on this machine, each with the reason.',
  },
  linked: {
    title: 'No linked models',
    text: 'A linked model is fetched from a URL, and fetched again when the file there changes.',
  },
  duplicates: {
    title: 'No duplicates',
    text: 'Models with the same bytes, and those that differ only in their weights, are grouped here, whatever their names.',
  },
}

/** The same of one kind of duplicates. */
const duplicateLessons: Record<string, { title: string; text: string }> = {
  bytes: {
    title: 'No two files are the same',
    text: 'Models with the same bytes are grouped here, whatever their names.',
  },
  structure: {
    title: 'No two models share a structure',
    text: 'Models that differ only in their weights appear here, such as two training runs of one network.',
  },
}

const actions: Record<string, (props: Props) => ReactNode> = {
  linked: () => (
    <Button onClick={() => dialogs.setState({ import: true, importWay: 'address' })}>Import from a URL…</Button>
  ),
  attention: () => <VerifyButton />,
}

/** Reads every file again, since what was damaged since is not known yet. */
function VerifyButton() {
  const client = useQueryClient()
  const verify = useMutation({
    mutationFn: () => call(operations.verifyCabinet, {}),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['jobs'] })
      dialogs.setState({ activity: true })
    },
    onError: (error) => tellProblem(error.message),
  })
  return (
    <Button disabled={verify.isPending} onClick={() => verify.mutate()}>
      Verify every file
    </Button>
  )
}

type Props = {
  search: ListingSearch
  onClear: (names: readonly string[]) => void
  onSet: (name: string, value: string) => void
}

/** Says why a list is empty and what to do about it. */
export function EmptyList(props: Props) {
  const { search, onClear, onSet } = props
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
        Names, documentation, inputs, outputs and operators were searched; every word must match.
      </EmptyState>
    )
  if (filters.length > 0)
    return (
      <EmptyState
        title="No models match"
        actions={<Button onClick={() => onClear(filters)}>Clear the filters</Button>}
      />
    )
  const kind = search.Duplicates && duplicateLessons[search.Duplicates]
  if (kind)
    return (
      <EmptyState
        title={kind.title}
        actions={<Button onClick={() => onSet('Duplicates', 'any')}>Show all duplicates</Button>}
      >
        {kind.text}
      </EmptyState>
    )
  const lesson = lessons[place]
  if (lesson)
    return (
      <EmptyState title={lesson.title} actions={actions[place]?.(props)}>
        {lesson.text}
      </EmptyState>
    )
  return (
    <EmptyState
      title="This catalogue is empty"
      actions={<Button onClick={() => dialogs.setState({ import: true })}>Import…</Button>}
    >
      Drag models onto it from a list, or drop files on it to import them here.
    </EmptyState>
  )
}
