import { ActionIcon, Button, Checkbox, Popover, SegmentedControl, Tooltip } from '@mantine/core'
import { IconLayoutList } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { layout, toggleColumn } from '../../../lib/state/layout.ts'
import { columns } from '../list/columns.tsx'
import { FieldColumns } from '../list/field-columns.tsx'
import styles from './view-menu.module.css'

const looks = [
  { value: 'list', label: 'List' },
  { value: 'cards', label: 'Cards' },
] as const

/** How the list looks: rows or cards, height of its rows, which columns, own fields of the models among them. */
export function ViewMenu() {
  const [open, setOpen] = useState(false)
  const { look, compact, hiddenColumns, columnWidths } = useStore(layout)
  const dragged = Object.keys(columnWidths).length > 0
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={260} trapFocus returnFocus withRoles>
      <Popover.Target>
        <Tooltip label="Rows and columns" disabled={open}>
          <ActionIcon variant="default" size={32} aria-label="Rows and columns" onClick={() => setOpen(!open)}>
            <IconLayoutList size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={styles.panel} aria-label="Rows and columns">
        <SegmentedControl
          size="xs"
          aria-label="Models as"
          data={[...looks]}
          value={look}
          onChange={(chosen) => layout.setState({ look: chosen })}
        />
        <Checkbox label="Compact rows" checked={compact} onChange={() => layout.setState({ compact: !compact })} />
        <fieldset className={styles.group}>
          <legend className={styles.legend}>Columns</legend>
          {columns
            .filter(({ id }) => id !== 'name')
            .map(({ id, label }) => (
              <Checkbox
                key={id}
                label={label}
                checked={!hiddenColumns.includes(id)}
                onChange={() => toggleColumn('hiddenColumns', id)}
              />
            ))}
        </fieldset>
        <FieldColumns />
        {dragged && (
          <Button size="compact-sm" onClick={() => layout.setState({ columnWidths: {} })}>
            Reset column widths
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
