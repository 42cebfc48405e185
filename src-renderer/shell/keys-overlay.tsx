import { Modal } from '@mantine/core'
import { Fragment } from 'react'
import { useStore } from 'zustand'
import { KeyCaps } from '../actions/action-items.tsx'
import { keySections } from '../actions/keys.ts'
import { actions } from '../actions/registry.ts'
import { useActionContext } from '../actions/use-action-context.ts'
import { dialogs } from '../lib/state/dialogs.ts'
import styles from './keys-overlay.module.css'

/** Every key of the window on one sheet. */
export function KeysOverlay() {
  const opened = useStore(dialogs, (state) => state.keys)
  const contextNow = useActionContext()
  return (
    <Modal opened={opened} onClose={() => dialogs.setState({ keys: false })} title="Keyboard shortcuts" size={760}>
      <div className={styles.sections}>
        {keySections(actions, contextNow()).map(({ title, lines }) => (
          <section key={title}>
            <h3 className={styles.title}>{title}</h3>
            <dl>
              {lines.map(({ label, keys }) => (
                <div key={label} className={styles.key}>
                  <dt>{label}</dt>
                  <dd className={styles.caps}>
                    {keys.map((caps, index) => (
                      <Fragment key={caps.join('+')}>
                        {index > 0 && ' or '}
                        <KeyCaps caps={caps} />
                      </Fragment>
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
