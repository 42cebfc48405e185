import { Button, NumberInput, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, type FocusEvent, useState } from 'react'
import { NIL_UUID } from '../../../../src-contract/util/identifiers.ts'
import { Form } from '../../../components/forms/form.tsx'
import { SuggestInput } from '../../../components/forms/suggest-input.tsx'
import { cataloguesQuery, sourcesQuery } from '../../../lib/api/queries.ts'
import { useFieldNames } from '../../../lib/api/use-field-names.ts'
import { type FilterDefinition, rangeTexts, rangeValue } from '../../../lib/state/filters.ts'
import styles from './filter-menu.module.css'

type Props<Filter = FilterDefinition> = {
  filter: Filter
  /** What the filter is set to; of an own field with its name. */
  now?: { name: string; value: string } | undefined
  onSet: (name: string, value: string) => void
}

function Choices({ filter, now, onSet }: Props) {
  const catalogues = useQuery(cataloguesQuery)
  const choices =
    filter.kind === 'choice'
      ? filter.choices
      : [
          { value: NIL_UUID, label: 'none' },
          ...(catalogues.data ?? []).map(({ UUID, Name }) => ({ value: UUID, label: Name })),
        ]
  const first = now?.value ?? choices[0]?.value
  return choices.map(({ value, label }) => (
    <button
      key={value}
      type="button"
      className={styles.choice}
      aria-pressed={now && value === now.value}
      data-autofocus={value === first || undefined}
      onClick={() => onSet(filter.name, value)}
    >
      <span className="ellipsis">{label}</span>
      {value === now?.value && <IconCheck size={14} aria-hidden />}
    </button>
  ))
}

/** What is typed takes the place of what was set before. */
const selectAll = (event: FocusEvent<HTMLInputElement>) => event.currentTarget.select()

function Numbers({ filter, now, onSet }: Props<FilterDefinition & { kind: 'range' }>) {
  const [[minimum, maximum]] = useState(() => rangeTexts(now?.value ?? '', filter.scale))
  const [from, setFrom] = useState<string | number>(minimum)
  const [to, setTo] = useState<string | number>(maximum)
  const value = rangeValue(String(from), String(to), filter.scale)
  const unit = filter.unit === '' ? '' : `, ${filter.unit}`
  return (
    <ValueForm onSubmit={() => value !== null && onSet(filter.name, value)} ready={value !== null}>
      <div className={styles.range}>
        <NumberInput
          data-autofocus
          label={`From${unit}`}
          min={0}
          hideControls
          value={from}
          onFocus={selectAll}
          onChange={setFrom}
        />
        <NumberInput label={`To${unit}`} min={0} hideControls value={to} onFocus={selectAll} onChange={setTo} />
      </div>
      {value === null && from !== '' && to !== '' && (
        <p className={styles.problem}>The maximum is less than the minimum.</p>
      )}
    </ValueForm>
  )
}

function Words({ filter, now, onSet }: Props<FilterDefinition & { kind: 'text' }>) {
  const [text, setText] = useState(now?.value ?? '')
  const sources = useQuery({ ...sourcesQuery, enabled: filter.name === 'SourceName' })
  return (
    <ValueForm onSubmit={() => onSet(filter.name, text.trim())} ready={text.trim() !== ''}>
      <SuggestInput
        data-autofocus
        aria-label={filter.label}
        placeholder={filter.placeholder}
        suggestions={filter.name === 'SourceName' ? (sources.data ?? []) : []}
        value={text}
        onFocus={selectAll}
        onChange={setText}
      />
    </ValueForm>
  )
}

function OwnField({ now, onSet }: Props) {
  const names = useFieldNames().map(({ Name }) => Name)
  const [name, setName] = useState(now?.name.slice('Field.'.length) ?? '')
  const [value, setValue] = useState(now?.value ?? '')
  const ready = name.trim() !== '' && value.trim() !== ''
  return (
    <ValueForm onSubmit={() => onSet(`Field.${name.trim()}`, value.trim())} ready={ready}>
      <SuggestInput
        data-autofocus={now === undefined || undefined}
        label="Field"
        placeholder="accuracy"
        suggestions={names}
        value={name}
        onChange={setName}
      />
      <TextInput
        label="Value"
        description="A text, or a range such as 0.9- or 0.5-0.8"
        placeholder="0.9-"
        data-autofocus={now !== undefined || undefined}
        value={value}
        onFocus={selectAll}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
    </ValueForm>
  )
}

function ValueForm({ children, ...form }: ComponentProps<typeof Form>) {
  return (
    <Form className={styles.form} gap={10} {...form}>
      {children}
      <Button type="submit" variant="filled" disabled={!form.ready}>
        Filter
      </Button>
    </Form>
  )
}

/** Asks for the value of a filter. */
export function FilterEditor({ filter, now, onSet }: Props) {
  switch (filter.kind) {
    case 'choice':
    case 'catalogue':
      return <Choices filter={filter} now={now} onSet={onSet} />
    case 'range':
      return <Numbers filter={filter} now={now} onSet={onSet} />
    case 'text':
      return <Words filter={filter} now={now} onSet={onSet} />
    case 'field':
      return <OwnField filter={filter} now={now} onSet={onSet} />
  }
}
