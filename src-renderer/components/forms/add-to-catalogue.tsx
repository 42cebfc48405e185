import { IconPlus } from '@tabler/icons-react'
import { dialogs } from '../../lib/state/dialogs.ts'
import { AddButton } from './add-button.tsx'

/** Asks into which catalogues a model is to go. `label`: its name for those who do not see where it stands; else its text is. */
export function AddToCatalogue({ uuid, text, label }: { uuid: string; text: string; label?: string }) {
  return (
    <AddButton icon={IconPlus} aria-label={label} onClick={() => dialogs.setState({ cataloguePicker: [uuid] })}>
      {text}
    </AddButton>
  )
}
