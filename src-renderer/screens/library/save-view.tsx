import { Button, Popover, TextInput } from '@mantine/core'
import { IconBookmark } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { saveView } from '../../state/layout.ts'
import type { ListingSearch } from '../../state/listing-search.ts'
import chips from './filter-chips.module.css'
import styles from './filter-menu.module.css'

/** Keeps the list as it is, under a name in the side bar. */
export function SaveView({ search }: { search: ListingSearch }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    saveView(name.trim(), search)
    setName('')
    setOpen(false)
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus withRoles>
      <Popover.Target>
        <button type="button" className={chips.add} onClick={() => setOpen(!open)}>
          <IconBookmark size={13} aria-hidden />
          Save view
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Save this view" className={styles.editor}>
        <form className={styles.form} onSubmit={save}>
          <TextInput
            data-autofocus
            label="Name of the view"
            placeholder="Big and untested"
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled" disabled={name.trim() === ''}>
            Save
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
