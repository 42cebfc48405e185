import { TextInput } from '@mantine/core'
import { LEFT_OUT } from '../../../src-contract/words/left-out.ts'

type Props = { value: string; error?: string | undefined; onChange: (value: string) => void }

/** Patterns of files and folders that an import or a watch leaves out, in one line. */
export function ExcludeInput({ value, error, onChange }: Props) {
  return (
    <TextInput
      label="Leave out"
      description={`Names or paths with * and ?, separated by commas. Left out by default: ${LEFT_OUT.map((one) => one.replace('**/', '')).join(', ')}`}
      placeholder="old, runs/*/last.onnx"
      spellCheck={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** The patterns in a line. */
export function patternsIn(line: string): string[] {
  return line
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
