import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconFolder, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { CatalogueItem } from '../../src-contract/catalogue.ts'
import { groupedNumber } from '../../src-contract/human-number.ts'
import { sentenceOf } from '../api/api-error.ts'
import { createCatalogue, deleteCatalogue, renameCatalogue } from '../api/client.ts'
import { cataloguesQuery } from '../api/queries.ts'
import { tellDone, tellProblem } from '../components/tell.tsx'
import { fileIntoCatalogue } from '../state/change-functions.ts'
import { NameInPlace } from './name-in-place.tsx'
import styles from './side-bar.module.css'
import { useModelDrop } from './use-model-drop.ts'

/** A catalogue: go to it, drop models on it, rename it, delete it once it is empty. */
export function CatalogueRow({ catalogue, active }: { catalogue: CatalogueItem; active: boolean }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [renaming, setRenaming] = useState(false)
  const [menu, setMenu] = useState(false)
  const drop = useModelDrop((models) => void fileIntoCatalogue(models, catalogue))
  const refresh = () => client.invalidateQueries({ queryKey: cataloguesQuery.queryKey })

  const remove = async () => {
    try {
      await deleteCatalogue(catalogue.UUID)
      await refresh()
      if (active) await navigate({ to: '/', search: {} })
      tellDone(`Catalogue ${catalogue.Name} was deleted.`, {
        label: 'Undo',
        run: async () => {
          await createCatalogue(catalogue.Name)
          await refresh()
        },
      })
    } catch (error) {
      tellProblem(`Catalogue ${catalogue.Name} was not deleted. ${sentenceOf(error)}`)
    }
  }

  if (renaming)
    return (
      <li>
        <NameInPlace
          label={`New name of ${catalogue.Name}`}
          initial={catalogue.Name}
          onClose={() => setRenaming(false)}
          onSave={async (name) => {
            await renameCatalogue(catalogue.UUID, name)
            await Promise.all([refresh(), client.invalidateQueries({ queryKey: ['functions'] })])
          }}
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
      <Link
        to="/"
        search={{ Catalogue: catalogue.UUID }}
        className={styles.row}
        activeOptions={{ exact: true }}
        aria-current={active ? 'page' : undefined}
        data-catalogue={catalogue.UUID}
        data-catalogue-name={catalogue.Name}
        {...drop}
      >
        <IconFolder size={16} stroke={1.6} className={styles.icon} aria-hidden />
        <span className="ellipsis">{catalogue.Name}</span>
        <span className={`${styles.count} numeric`}>{groupedNumber(catalogue.FunctionCount)}</span>
      </Link>
      <Menu position="bottom-end" opened={menu} onChange={setMenu}>
        <Menu.Target>
          <ActionIcon size={24} className={styles.more} aria-label={`Actions for ${catalogue.Name}`}>
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setRenaming(true)}>
            Rename
          </Menu.Item>
          {catalogue.FunctionCount === 0 ? (
            <Menu.Item data-danger leftSection={<IconTrash size={15} />} onClick={() => void remove()}>
              Delete
            </Menu.Item>
          ) : (
            <Menu.Label>Only an empty catalogue can be deleted</Menu.Label>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}
