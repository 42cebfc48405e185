import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { NameInPlace } from './name-in-place.tsx'
import styles from './side-bar.module.css'

type Props = {
  name: string
  /** How the row is called beside others of its name: "the view Small ones". */
  calledBy: string
  onRename: (name: string) => Promise<void>
  link: ReactNode
  /** What its menu has beside renaming. */
  children: ReactNode
}

/** A row of the side bar that somebody named: it is renamed where it stands, and has a menu. */
export function NamedRow({ name, calledBy, onRename, link, children }: Props) {
  const [renaming, setRenaming] = useState(false)
  const [menu, setMenu] = useState(false)
  if (renaming)
    return (
      <li>
        <NameInPlace
          label={`New name of ${calledBy}`}
          initial={name}
          onClose={() => setRenaming(false)}
          onSave={onRename}
        />
      </li>
    )
  return (
    <li
      className={styles.item}
      onContextMenu={(event) => {
        event.preventDefault()
        setMenu(true)
      }}
    >
      {link}
      <Menu position="bottom-end" opened={menu} onChange={setMenu}>
        <Menu.Target>
          <ActionIcon size={24} className={styles.more} aria-label={`Actions for ${calledBy}`}>
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setRenaming(true)}>
            Rename
          </Menu.Item>
          {children}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}
