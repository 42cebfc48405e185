import { IconPlus } from '@tabler/icons-react'
import { dialogs } from '../../lib/state/dialogs.ts'
import styles from './add-to-catalogue.module.css'

/** Asks into which catalogues a model is to go. `label`: its name for those who do not see where it stands; else its text is. */
export function AddToCatalogue({ uuid, text, label }: { uuid: string; text: string; label?: string }) {
  return (
    <button
      type="button"
      className={styles.add}
      aria-label={label}
      onClick={() => dialogs.setState({ cataloguePicker: [uuid] })}
    >
      <IconPlus size={13} aria-hidden />
      {text}
    </button>
  )
}
