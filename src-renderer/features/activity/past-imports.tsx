import { IconCheck } from '@tabler/icons-react'
import type { PastImport } from '../../actions/import/past-imports.ts'
import { ago, wholeMoment } from '../../lib/format/time.ts'
import styles from './import-results.module.css'

/** The imports of this window that are over, with what was refused and why. */
export function PastImports({ imports }: { imports: readonly PastImport[] }) {
  return (
    <section>
      <header className={styles.head}>
        <h2 className={styles.title}>Earlier</h2>
      </header>
      <ul className={styles.list}>
        {imports.map(({ at, words, refused }) => (
          <li key={at} className={styles.row}>
            <IconCheck size={16} className={styles.imported} aria-hidden />
            <div className={styles.body}>
              <span className={styles.line}>
                <span className={styles.name}>{words}</span>
                <span className={styles.state} title={wholeMoment(at)}>
                  {ago(at)}
                </span>
              </span>
              {refused.map(({ name, message }) => (
                <span key={name} className={styles.message}>
                  <strong>{name}</strong>: {message}
                </span>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
