import { Button, TextInput } from '@mantine/core'
import styles from './path-input.module.css'

type Props = {
  label: string
  placeholder: string
  value: string
  onChange: (path: string) => void
  /** Asks by the system's dialog, which only the desktop app has. */
  pick?: ((bridge: NonNullable<Window['cabinet']>) => Promise<string | null | undefined>) | undefined
  error?: string | undefined
}

/** A path on the cabinet's machine: typed, or in the desktop app chosen. */
export function PathInput({ label, placeholder, value, onChange, pick, error }: Props) {
  const { cabinet } = window
  const choose = async () => {
    const path = cabinet && (await pick?.(cabinet))
    if (path) onChange(path)
  }
  return (
    <div className={styles.line}>
      <TextInput
        className={styles.path}
        label={label}
        placeholder={placeholder}
        spellCheck={false}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {cabinet && pick && (
        <Button aria-label={`Choose: ${label}`} onClick={() => void choose()}>
          Choose…
        </Button>
      )}
    </div>
  )
}
