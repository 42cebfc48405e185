import { Modal } from '@mantine/core'
import { useStore } from 'zustand'
import { keyName, keySections } from '../actions/keys.ts'
import { dialogs } from '../lib/state/dialogs.ts'
import styles from './keys-overlay.module.css'

/** Every key of the window on one sheet. */
export function KeysOverlay() {
  const opened = useStore(dialogs, (state) => state.keys)
  return (
    <Modal opened={opened} onClose={() => dialogs.setState({ keys: false })} title="Keys" size={760}>
      <div className={styles.sections}>
        {keySections.map((section) => (
          <section key={section.title}>
            <h3 className={styles.title}>{section.title}</h3>
            <dl className={styles.list}>
              {section.keys.map((key) => (
                <div key={key.does} className={styles.key}>
                  <dt>{key.does}</dt>
                  <dd className={styles.caps}>
                    {key.keys.map((cap) => (
                      <kbd key={cap}>{keyName(cap)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
