import { Menu } from '@mantine/core'
import { type MouseEvent, type ReactNode, useState } from 'react'
import type { Context } from '../../../actions/action.ts'
import { ActionItems } from '../../../actions/action-items.tsx'
import { surfaces } from '../../../actions/registry.ts'
import { useActionContext } from '../../../actions/use-action-context.ts'
import { isPicked, moveCursor, pickedCount, pickOnly, selection } from '../../../lib/state/selection.ts'
import styles from './row-menu.module.css'

type Props = {
  total: number
  rowOf: (target: EventTarget) => { index: number; uuid: string } | null
  children: (onContextMenu: (event: MouseEvent) => void) => ReactNode
}

/** The menu of a row, where the pointer asked for it. */
export function RowMenu({ total, rowOf, children }: Props) {
  const contextNow = useActionContext()
  const [at, setAt] = useState<{ x: number; y: number; context: Context } | null>(null)

  const onContextMenu = (event: MouseEvent) => {
    const target = rowOf(event.target)
    if (!target) return
    event.preventDefault()
    moveCursor(target.index)
    const now = selection.getState()
    if (pickedCount(now, total) > 0 && !isPicked(now, target.uuid)) pickOnly([target.uuid])
    setAt({ x: event.clientX, y: event.clientY, context: contextNow() })
  }

  return (
    <>
      {children(onContextMenu)}
      <Menu opened={at !== null} onClose={() => setAt(null)} position="bottom-start" offset={0}>
        <Menu.Target>
          <button
            type="button"
            tabIndex={-1}
            aria-label="Actions for the model"
            className={styles.point}
            style={{ left: at?.x ?? 0, top: at?.y ?? 0 }}
          />
        </Menu.Target>
        {at && (
          <Menu.Dropdown>
            <ActionItems actions={surfaces.row} context={at.context} />
          </Menu.Dropdown>
        )}
      </Menu>
    </>
  )
}
