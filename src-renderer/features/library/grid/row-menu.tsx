import { Menu } from '@mantine/core'
import {
  IconExternalLink,
  IconFolderPlus,
  IconPackageExport,
  IconStar,
  IconStarOff,
  IconTag,
  IconTrash,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type MouseEvent, type ReactNode, useState } from 'react'
import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import { keyName } from '../../../actions/keys.ts'
import { isPicked, moveCursor, pickedCount, pickOnly, selection } from '../../../lib/state/selection.ts'
import {
  addToCatalogue,
  deleteTargets,
  editField,
  exportTargets,
  type ShownList,
  starTargets,
} from '../list-actions.ts'
import styles from './row-menu.module.css'

type Props = {
  list: ShownList
  rowOf: (target: EventTarget) => { index: number; uuid: string } | null
  row: (index: number) => FunctionItem | undefined
  children: (onContextMenu: (event: MouseEvent) => void) => ReactNode
}

/** The menu of a row, where the pointer asked for it. */
export function RowMenu({ list, rowOf, row, children }: Props) {
  const navigate = useNavigate()
  const [at, setAt] = useState<{ x: number; y: number; item: FunctionItem } | null>(null)

  const onContextMenu = (event: MouseEvent) => {
    const target = rowOf(event.target)
    const item = target && row(target.index)
    if (!target || !item) return
    event.preventDefault()
    moveCursor(target.index)
    const now = selection.getState()
    if (pickedCount(now, list.total) > 0 && !isPicked(now, target.uuid)) pickOnly([target.uuid])
    setAt({ x: event.clientX, y: event.clientY, item })
  }
  const several = at !== null && pickedCount(selection.getState(), list.total) > 1

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
            {!several && (
              <Menu.Item
                leftSection={<IconExternalLink size={15} />}
                rightSection={<kbd>{keyName('Enter')}</kbd>}
                onClick={() => void navigate({ to: '/function/$uuid', params: { uuid: at.item.UUID } })}
              >
                Open
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconFolderPlus size={15} />}
              rightSection={<kbd>C</kbd>}
              onClick={() => void addToCatalogue(list)}
            >
              Add to catalogue
            </Menu.Item>
            <Menu.Item
              leftSection={at.item.Starred ? <IconStarOff size={15} /> : <IconStar size={15} />}
              rightSection={<kbd>S</kbd>}
              onClick={() => void starTargets(list, !at.item.Starred)}
            >
              {at.item.Starred ? 'Remove star' : 'Star'}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTag size={15} />}
              rightSection={<kbd>F</kbd>}
              onClick={() => void editField(list)}
            >
              Set a field
            </Menu.Item>
            <Menu.Item leftSection={<IconPackageExport size={15} />} onClick={() => void exportTargets(list)}>
              Export
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              data-danger
              leftSection={<IconTrash size={15} />}
              rightSection={<kbd>Delete</kbd>}
              onClick={() => void deleteTargets(list, () => at.item.Name)}
            >
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        )}
      </Menu>
    </>
  )
}
