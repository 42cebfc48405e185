import type { ReactNode } from 'react'
import styles from './card.module.css'

type Props = { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode }

/** A bordered part of a page with its quiet title. */
export function Card({ title, note, actions, children }: Props) {
  return (
    <section className={styles.card} aria-label={title}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {note && <span className="quiet small">{note}</span>}
        {actions && <span className={styles.actions}>{actions}</span>}
      </header>
      {children}
    </section>
  )
}
