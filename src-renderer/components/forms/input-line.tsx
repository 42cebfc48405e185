import { TextInput, type TextInputProps } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './input-line.module.css'

/** A text with buttons beside it; what is wrong with it stands below, so that both stay in line. */
export function InputLine({ children, ...input }: TextInputProps & { children: ReactNode }) {
  return (
    <TextInput
      {...input}
      className={styles.whole}
      inputContainer={(field) => (
        <div className={styles.line}>
          <div className={styles.field}>{field}</div>
          {children}
        </div>
      )}
    />
  )
}
