import { TextInput, type TextInputProps } from '@mantine/core'
import { useId } from 'react'

type Props = Omit<TextInputProps, 'onChange' | 'list' | 'value'> & {
  suggestions: readonly string[]
  value: string
  onChange: (text: string) => void
}

/** So many suggestions are in the document: of more, those with what is typed in them. */
const MOST = 200

/** A text with suggestions, by the browser's own list: it stays out of the way of Escape in dialogs. */
export function SuggestInput({ suggestions, value, onChange, ...input }: Props) {
  const id = useId()
  const typed = value.trim().toLowerCase()
  const fitting =
    suggestions.length > MOST ? suggestions.filter((one) => one.toLowerCase().includes(typed)) : suggestions
  return (
    <>
      <TextInput
        {...input}
        list={id}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={id}>
        {fitting.slice(0, MOST).map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
    </>
  )
}
