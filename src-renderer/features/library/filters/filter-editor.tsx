import { NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readFieldFilter } from '../../../../src-contract/contract/functions/field-filter.ts'
import { NIL_UUID } from '../../../../src-contract/util/identifiers.ts'
import { SuggestInput } from '../../../components/forms/suggest-input.tsx'
import { cataloguesQuery, sourcesQuery } from '../../../lib/api/queries.ts'
import { useFieldNames } from '../../../lib/api/use-field-names.ts'
import { type FilterDefinition, rangeTexts, rangeValue, readName } from '../../../lib/state/filters.ts'
import { ChoiceList, type EditorProps, selectAll, ValueForm } from './filter-form.tsx'
import styles from './filter-menu.module.css'
import { PartEditor } from './part-editor.tsx'
import { SinceEditor } from './since-editor.tsx'

type Props<Filter = FilterDefinition> = EditorProps & { filter: Filter }

function Choices({ filter, now, onSet }: Props) {
  const catalogues = useQuery({ ...cataloguesQuery, enabled: filter.kind === 'catalogue' })
  const choices =
    filter.kind === 'choice'
      ? filter.choices
      : [
          { value: NIL_UUID, label: 'none' },
          ...(catalogues.data ?? []).map(({ UUID, Name }) => ({ value: UUID, label: Name })),
        ]
  return <ChoiceList choices={choices} now={now?.value} onChoose={(value) => onSet(filter.name, value)} />
}

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
  const sources = useQuery({ ...sourcesQuery, enabled: filter.name === 'Source' })
  return (
    <ValueForm onSubmit={() => onSet(filter.name, text.trim())} ready={text.trim() !== ''}>
      <SuggestInput
        data-autofocus
        aria-label={filter.label}
        placeholder={filter.placeholder}
        suggestions={filter.name === 'Source' ? (sources.data ?? []) : []}
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
  const isFilter = readFieldFilter(name, value) !== null
  const ready = name.trim() !== '' && value.trim() !== '' && isFilter
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
        error={isFilter ? undefined : 'Write a range: 0.9- for at least, -0.9 for at most.'}
        data-autofocus={now !== undefined || undefined}
        value={value}
        onFocus={selectAll}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
    </ValueForm>
  )
}

function ValueEditor(props: Props) {
  const { filter, ...rest } = props
  switch (filter.kind) {
    case 'choice':
    case 'catalogue':
      return <Choices {...props} />
    case 'range':
      return <Numbers filter={filter} {...rest} />
    case 'text':
      return <Words filter={filter} {...rest} />
    case 'since':
      return <SinceEditor {...props} />
    case 'has':
      return <PartEditor {...props} />
    case 'field':
      return <OwnField {...props} />
  }
}

const opposites = { has: ['has', 'has no'], since: ['since', 'before'] } as const

/** Asks for the value of a filter, and whether it leaves out what it finds. */
export function FilterEditor({ filter, now, onSet }: Props) {
  const [negated, setNegated] = useState(
    now !== undefined && (readName(now.name).negated || isLacking(filter, now.value)),
  )
  const [is, isNot] = filter.kind === 'has' || filter.kind === 'since' ? opposites[filter.kind] : ['is', 'is not']
  const set = (name: string, value: string) => {
    if (filter.kind === 'has') onSet(name, String(!negated))
    else onSet(negated ? `Not.${name}` : name, value)
  }
  return (
    <>
      {filter.name !== 'Not.q' && (
        <SegmentedControl
          className={styles.opposites}
          fullWidth
          size="xs"
          aria-label={`${is} or ${isNot}`}
          data={[is, isNot]}
          value={negated ? isNot : is}
          onChange={(value) => setNegated(value === isNot)}
        />
      )}
      <ValueEditor filter={filter} now={now && { ...now, name: readName(now.name).base }} onSet={set} />
    </>
  )
}

const isLacking = (filter: FilterDefinition, value: string) => filter.kind === 'has' && value === 'false'
