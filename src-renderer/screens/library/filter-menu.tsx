import { Button, Menu, NumberInput, Popover, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { NIL_UUID } from '../../../src-contract/identifiers.ts'
import { cataloguesQuery, sourcesQuery } from '../../api/queries.ts'
import { shownFieldNames } from '../../api/shown-rows.ts'
import { SuggestInput } from '../../components/suggest-input.tsx'
import { type FilterDefinition, filterDefinitions, rangeValue } from '../../state/filters.ts'
import styles from './filter-menu.module.css'

type Set = (name: string, value: string) => void

function Choices({ filter, onSet }: { filter: FilterDefinition; onSet: Set }) {
  const catalogues = useQuery(cataloguesQuery)
  const choices =
    filter.kind === 'choice'
      ? filter.choices
      : [
          { value: NIL_UUID, label: 'none' },
          ...(catalogues.data ?? []).map(({ UUID, Name }) => ({ value: UUID, label: Name })),
        ]
  return choices.map((choice, index) => (
    <button
      key={choice.value}
      type="button"
      className={styles.choice}
      data-autofocus={index === 0 || undefined}
      onClick={() => onSet(filter.name, choice.value)}
    >
      {choice.label}
    </button>
  ))
}

function Numbers({ filter, onSet }: { filter: FilterDefinition & { kind: 'range' }; onSet: Set }) {
  const [from, setFrom] = useState<string | number>('')
  const [to, setTo] = useState<string | number>('')
  const value = rangeValue(String(from), String(to), filter.scale)
  const unit = filter.unit === '' ? '' : `, ${filter.unit}`
  return (
    <Form onSubmit={() => value !== null && onSet(filter.name, value)} ready={value !== null}>
      <div className={styles.range}>
        <NumberInput data-autofocus label={`From${unit}`} min={0} hideControls value={from} onChange={setFrom} />
        <NumberInput label={`To${unit}`} min={0} hideControls value={to} onChange={setTo} />
      </div>
    </Form>
  )
}

function Words({ filter, onSet }: { filter: FilterDefinition & { kind: 'text' }; onSet: Set }) {
  const [text, setText] = useState('')
  const sources = useQuery({ ...sourcesQuery, enabled: filter.name === 'SourceName' })
  return (
    <Form onSubmit={() => onSet(filter.name, text.trim())} ready={text.trim() !== ''}>
      <SuggestInput
        data-autofocus
        label={filter.label}
        placeholder={filter.placeholder}
        suggestions={filter.name === 'SourceName' ? (sources.data ?? []) : []}
        value={text}
        onChange={setText}
      />
    </Form>
  )
}

function OwnField({ onSet }: { onSet: Set }) {
  const [names] = useState(shownFieldNames)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const ready = name.trim() !== '' && value.trim() !== ''
  return (
    <Form onSubmit={() => onSet(`Field.${name.trim()}`, value.trim())} ready={ready}>
      <SuggestInput
        data-autofocus
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
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
    </Form>
  )
}

function Form({ onSubmit, ready, children }: { onSubmit: () => void; ready: boolean; children: ReactNode }) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onSubmit()
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      {children}
      <Button type="submit" variant="filled" disabled={!ready}>
        Filter
      </Button>
    </form>
  )
}

function Editor({ filter, onSet }: { filter: FilterDefinition; onSet: Set }) {
  switch (filter.kind) {
    case 'choice':
    case 'catalogue':
      return <Choices filter={filter} onSet={onSet} />
    case 'range':
      return <Numbers filter={filter} onSet={onSet} />
    case 'text':
      return <Words filter={filter} onSet={onSet} />
    case 'field':
      return <OwnField onSet={onSet} />
  }
}

/** Offers every filter of the list; what it needs to know is asked in the same place. */
export function FilterMenu({ onSet, children }: { onSet: Set; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const [filter, setFilter] = useState<FilterDefinition | null>(null)
  const close = () => {
    setOpen(false)
    setFilter(null)
  }
  if (filter)
    return (
      <Popover opened onChange={close} onDismiss={close} position="bottom-start" trapFocus returnFocus withRoles>
        <Popover.Target>{children}</Popover.Target>
        <Popover.Dropdown className={styles.editor} aria-label={filter.label}>
          <p className={styles.title}>{filter.label}</p>
          <Editor
            filter={filter}
            onSet={(name, value) => {
              close()
              onSet(name, value)
            }}
          />
        </Popover.Dropdown>
      </Popover>
    )
  return (
    <Menu opened={open} onChange={setOpen}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {filterDefinitions.map((one) => (
          <Menu.Item key={one.name} onClick={() => setFilter(one)}>
            {one.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
