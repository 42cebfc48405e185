import { Menu } from '@mantine/core'
import { IconFilter, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { countQuery } from '../../lib/api/queries.ts'
import { tellDone } from '../../lib/notices/notify.tsx'
import type { SavedView } from '../../lib/state/layout.ts'
import { filtersOf } from '../../lib/state/listing-search.ts'
import { removeView, renameView } from '../../lib/state/saved-views.ts'
import { NamedRow } from './named-row.tsx'
import { RowLink } from './row-link.tsx'

/** A saved view: go to it, rename it, let it go. */
export function ViewRow({ view, active }: { view: SavedView; active: boolean }) {
  const count = useQuery(countQuery(filtersOf(view.search)))
  const remove = () => {
    const bringBack = removeView(view.id)
    tellDone(`View ${view.name} was removed.`, { label: 'Undo', run: async () => bringBack() })
  }

  return (
    <NamedRow
      name={view.name}
      calledBy={`the view ${view.name}`}
      onRename={async (name) => renameView(view.id, name)}
      link={<RowLink icon={IconFilter} label={view.name} count={count.data} search={view.search} active={active} />}
    >
      <Menu.Item data-danger leftSection={<IconTrash size={15} />} onClick={remove}>
        Remove
      </Menu.Item>
    </NamedRow>
  )
}
