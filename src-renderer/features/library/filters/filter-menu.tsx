import { Menu, Popover } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type FilterDefinition, filterDefinitions } from '../../../lib/state/filters.ts'
import { FilterEditor } from './filter-editor.tsx'
import styles from './filter-menu.module.css'

type Set = (name: string, value: string) => void

/** Offers every filter of the list; what it needs to know is asked in the same place. */
export function FilterMenu({ onSet, children }: { onSet: Set; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const [filter, setFilter] = useState<FilterDefinition | null>(null)
  const close = () => {
    setOpen(false)
    setFilter(null)
  }
  if (filter)
    return (
      <Popover opened onChange={close} onDismiss={close} position="bottom-start" trapFocus returnFocus withRoles>
        <Popover.Target>{children}</Popover.Target>
        <Popover.Dropdown className={styles.editor} aria-label={filter.label}>
          <p className={styles.title}>{filter.label}</p>
          <FilterEditor
            filter={filter}
            onSet={(name, value) => {
              close()
              onSet(name, value)
            }}
          />
        </Popover.Dropdown>
      </Popover>
    )
  return (
    <Menu opened={open} onChange={setOpen}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {filterDefinitions.map((one) => (
          <Menu.Item key={one.name} onClick={() => setFilter(one)}>
            {one.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
