import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useReducer } from 'react'
import { useStore } from 'zustand'
import { countWords, type Subject } from '../../actions/action.ts'
import { ActionButtons, ActionItems } from '../../actions/action-items.tsx'
import { surfaces } from '../../actions/registry.ts'
import { useActionContext } from '../../actions/use-action-context.ts'
import { selection } from '../../lib/state/selection.ts'
import styles from './selection-bar.module.css'

/** What can be done with the selected models. */
export function SelectionBar({ subject }: { subject: () => Subject }) {
  useStore(selection)
  // What the models are now decides what the menu says.
  const [, refresh] = useReducer((count: number) => count + 1, 0)
  const context = useActionContext()(subject())
  if (!context.list?.selected) return null
  return (
    <div className={styles.bar} role="toolbar" aria-label="Actions for the selected models">
      <span className={`${styles.count} numeric`} role="status">
        {countWords(context.models)} selected
      </span>
      <ActionButtons actions={surfaces.bar} context={context} />
      <Menu position="top-start" onOpen={refresh}>
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label="More actions for the selected models">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ActionItems actions={surfaces.barMenu} context={context} />
        </Menu.Dropdown>
      </Menu>
      <ActionButtons actions={surfaces.barDanger} context={context} />
      <ActionButtons actions={surfaces.barEnd} context={context} variant="subtle" className={styles.clear} />
    </div>
  )
}
