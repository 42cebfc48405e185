import { TextInput } from '@mantine/core'
import type { ComponentProps } from 'react'
import type { SettingRow } from './setting-row.tsx'

type Props = Pick<ComponentProps<typeof SettingRow>, 'id' | 'saving' | 'fixedBy'> & {
  inputMode?: 'decimal' | 'numeric'
  w?: number
  placeholder?: string
  value: string
  onText: (text: string) => void
}

/** The field of a row's number or text, named and explained by the row. */
export function SettingField({ id, saving, fixedBy, onText, w = 76, ...rest }: Props) {
  return (
    <TextInput
      w={w}
      aria-labelledby={id}
      // As an attribute: Mantine drops the property of a field without a description of its own.
      ref={(field) => field?.setAttribute('aria-describedby', `${id}-help`)}
      error={saving.state === 'refused'}
      disabled={fixedBy !== undefined}
      onChange={(event) => onText(event.currentTarget.value)}
      {...rest}
    />
  )
}
