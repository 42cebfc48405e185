import { Button, Popover, TextInput } from '@mantine/core'
import { IconBookmark, IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { AddButton } from '../../../components/forms/add-button.tsx'
import { Form } from '../../../components/forms/form.tsx'
import { tellDone } from '../../../lib/notices/notify.tsx'
import { layout, type SavedView } from '../../../lib/state/layout.ts'
import type { ListingSearch } from '../../../lib/state/listing-search.ts'
import { openedView, saveView, updateView, viewNamed, viewState } from '../../../lib/state/saved-views.ts'
import styles from './filter-menu.module.css'

/** Asks for a name and keeps the list under it in the side bar. */
function SaveAs({ search, label }: { search: ListingSearch; label: string }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const taken = useStore(layout, ({ views }) => viewNamed(views, name.trim()) !== undefined)
  const save = () => {
    saveView(name.trim(), search)
    setName('')
    setOpen(false)
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus withRoles>
      <Popover.Target>
        <AddButton icon={IconBookmark} onClick={() => setOpen(!open)}>
          {label}
        </AddButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Save this view" className={styles.editor}>
        <Form className={styles.form} gap={10} ready={name.trim() !== ''} onSubmit={save}>
          <TextInput
            data-autofocus
            label="Name of the view"
            placeholder="Big and untested"
            description={taken ? 'Replaces the view with this name.' : undefined}
            inputWrapperOrder={['label', 'input', 'description']}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled" disabled={name.trim() === ''}>
            {taken ? 'Replace' : 'Save'}
          </Button>
        </Form>
      </Popover.Dropdown>
    </Popover>
  )
}

function Update({ view, search }: { view: SavedView; search: ListingSearch }) {
  const update = () => {
    updateView(view.id, search)
    tellDone(`View ${view.name} updated.`, {
      label: 'Undo',
      run: async () => updateView(view.id, view.search),
    })
  }
  return (
    <AddButton icon={IconRefresh} onClick={update}>
      Update {view.name}
    </AddButton>
  )
}

type Props = {
  search: ListingSearch
  /** It is more than a place of the side bar. */
  savable: boolean
}

/** What can be done to keep the list that is shown: nothing where it is a saved view already. */
export function SaveView({ search, savable }: Props) {
  const views = useStore(layout, (state) => state.views)
  const opened = useStore(openedView, ({ id }) => id)
  const { is, from } = viewState(search, views, opened)
  const id = is?.id
  useEffect(() => {
    if (id !== undefined) openedView.setState({ id })
    else if (!savable) openedView.setState({ id: null })
  }, [id, savable])
  if (is || !savable) return null
  return (
    <>
      {from && (
        <li>
          <Update view={from} search={search} />
        </li>
      )}
      <li>
        <SaveAs search={search} label={from ? 'Save as another view' : 'Save view'} />
      </li>
    </>
  )
}
