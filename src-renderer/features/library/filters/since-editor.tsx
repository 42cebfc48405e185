import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { type FilterDefinition, periods, sinceWords } from '../../../lib/state/filters.ts'
import { ChoiceList, type EditorProps, ValueForm } from './filter-form.tsx'

/** The day of a moment here, as an input of dates has it; empty for a period. */
function dayOf(value: string): string {
  const time = new Date(value)
  return Number.isNaN(time.getTime()) ? '' : time.toLocaleDateString('sv-SE')
}

/** Asks for a period up to now or for a day, which begins at midnight here. */
export function SinceEditor({ filter, now, onSet }: EditorProps & { filter: FilterDefinition }) {
  const isPeriod = now !== undefined && periods.some((period) => period === now.value)
  const [day, setDay] = useState(now && !isPeriod ? dayOf(now.value) : '')
  const start = new Date(`${day}T00:00`)
  const ready = !Number.isNaN(start.getTime())
  return (
    <>
      <ChoiceList
        choices={periods.map((value) => ({ value, label: sinceWords(value).replace(/^in the /, '') }))}
        now={now?.value}
        onChoose={(value) => onSet(filter.name, value)}
      />
      <ValueForm onSubmit={() => onSet(filter.name, start.toISOString())} ready={ready}>
        <TextInput type="date" label="Date" value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      </ValueForm>
    </>
  )
}
