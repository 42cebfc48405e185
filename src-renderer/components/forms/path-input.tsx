import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { InputLine } from './input-line.tsx'

type Props = {
  label: string
  placeholder: string
  value: string
  onChange: (path: string) => void
  /** Asks by the system's dialog, which only the desktop app has. */
  pick?: ((bridge: NonNullable<Window['cabinet']>) => Promise<string | null | undefined>) | undefined
  error?: string | undefined
  /** What is done with the path. */
  children?: ReactNode
}

/** A path on the cabinet's machine: typed, or in the desktop app chosen. */
export function PathInput({ label, placeholder, value, onChange, pick, error, children }: Props) {
  const { cabinet } = window
  const choose = async () => {
    const path = cabinet && (await pick?.(cabinet))
    if (path) onChange(path)
  }
  return (
    <InputLine
      label={label}
      placeholder={placeholder}
      spellCheck={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {cabinet && pick && (
        <Button aria-label={`Choose: ${label}`} onClick={() => void choose()}>
          Choose…
        </Button>
      )}
      {children}
    </InputLine>
  )
}
