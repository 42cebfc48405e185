import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ComponentProps, FocusEvent } from 'react'
import { Form } from '../../../components/forms/form.tsx'
import styles from './filter-menu.module.css'

export type EditorProps = {
  /** What the filter is set to; of a custom field with its name. */
  now?: { name: string; value: string } | undefined
  onSet: (name: string, value: string) => void
}

type ChoiceListProps = {
  choices: readonly { value: string; label: string }[]
  now: string | undefined
  onChoose: (value: string) => void
}

/** A few values, one of which is set by a click. */
export function ChoiceList({ choices, now, onChoose }: ChoiceListProps) {
  const first = choices.find(({ value }) => value === now) ?? choices[0]
  return choices.map(({ value, label }) => (
    <button
      key={value}
      type="button"
      className={styles.choice}
      aria-pressed={now === undefined ? undefined : value === now}
      data-autofocus={value === first?.value || undefined}
      onClick={() => onChoose(value)}
    >
      <span className="ellipsis">{label}</span>
      {value === now && <IconCheck size={14} aria-hidden />}
    </button>
  ))
}

/** What is typed takes the place of what was set before. */
export const selectAll = (event: FocusEvent<HTMLInputElement>) => event.currentTarget.select()

export function ValueForm({ children, ...form }: ComponentProps<typeof Form>) {
  return (
    <Form className={styles.form} gap={10} {...form}>
      {children}
      <Button type="submit" variant="filled" disabled={!form.ready}>
        Filter
      </Button>
    </Form>
  )
}
