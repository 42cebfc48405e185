import type { ReactNode } from 'react'
import styles from './screen-header.module.css'

/** The title of a screen, in the window's too, with a note beside it. */
export function ScreenHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className={styles.header}>
      <title>{`${title} · Model Cabinet`}</title>
      <h1 className={styles.title}>{title}</h1>
      <span className="quiet">{children}</span>
    </header>
  )
}
