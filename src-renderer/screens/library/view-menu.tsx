import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconCheck, IconLayoutList } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { layout, toggleColumn } from '../../state/layout.ts'
import { columns } from './columns.tsx'

function Choice({ on, children, onClick }: { on: boolean; children: ReactNode; onClick: () => void }) {
  return (
    <Menu.Item
      role="menuitemcheckbox"
      aria-checked={on}
      closeMenuOnClick={false}
      rightSection={on ? <IconCheck size={14} /> : <span style={{ width: 14 }} />}
      onClick={onClick}
    >
      {children}
    </Menu.Item>
  )
}

/** How the list looks: height of its rows, which columns; own fields too, as far as the shown models have some. */
export function ViewMenu({ fields }: { fields: readonly string[] }) {
  const { compact, hiddenColumns, fieldColumns } = useStore(layout)
  const offered = [...new Set([...fieldColumns, ...fields])].sort()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label="Rows and columns">
          <ActionIcon variant="default" size={32} aria-label="Rows and columns">
            <IconLayoutList size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Choice on={compact} onClick={() => layout.setState({ compact: !compact })}>
          Compact rows
        </Choice>
        <Menu.Divider />
        <Menu.Label>Columns</Menu.Label>
        {columns
          .filter(({ id }) => id !== 'name')
          .map(({ id, label }) => (
            <Choice key={id} on={!hiddenColumns.includes(id)} onClick={() => toggleColumn('hiddenColumns', id)}>
              {label}
            </Choice>
          ))}
        {offered.length > 0 && <Menu.Label>Own fields</Menu.Label>}
        {offered.map((name) => (
          <Choice key={name} on={fieldColumns.includes(name)} onClick={() => toggleColumn('fieldColumns', name)}>
            {name}
          </Choice>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
