import type { TablerIcon } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import styles from './add-button.module.css'

type Props = ComponentProps<'button'> & { icon: TablerIcon }

/** A quiet button in a dashed frame, at the end of what it adds to. */
export function AddButton({ icon: Icon, className = '', children, ...button }: Props) {
  return (
    <button type="button" className={`${styles.add} ${className}`} {...button}>
      <Icon size={13} aria-hidden />
      {children}
    </button>
  )
}
