import { TextInput, type TextInputProps } from '@mantine/core'
import { useId } from 'react'

type Props = Omit<TextInputProps, 'onChange' | 'list'> & {
  suggestions: readonly string[]
  onChange: (text: string) => void
}

/** A text with suggestions, by the browser's own list: it stays out of the way of Escape in dialogs. */
export function SuggestInput({ suggestions, onChange, ...input }: Props) {
  const id = useId()
  return (
    <>
      <TextInput {...input} list={id} autoComplete="off" onChange={(event) => onChange(event.currentTarget.value)} />
      <datalist id={id}>
        {suggestions.map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
    </>
  )
}
