import { Menu } from '@mantine/core'
import { IconFolder, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { CatalogueItem } from '../../../src-contract/contract/functions/catalogue.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { fileIntoCatalogue } from '../../actions/change-functions.ts'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { call } from '../../lib/api/client.ts'
import { cataloguesQuery } from '../../lib/api/queries.ts'
import { useModelDrop } from '../../lib/hooks/use-model-drop.ts'
import { tellDone, tellProblem } from '../../lib/notices/notify.tsx'
import { NamedRow } from './named-row.tsx'
import { RowLink } from './row-link.tsx'

/** A catalogue: go to it, drop models on it, rename it, delete it once it is empty. */
export function CatalogueRow({ catalogue, active }: { catalogue: CatalogueItem; active: boolean }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const drop = useModelDrop((models) => void fileIntoCatalogue(models, catalogue))
  const refresh = () => client.invalidateQueries({ queryKey: cataloguesQuery.queryKey })

  const remove = async () => {
    try {
      await call(operations.deleteCatalogue, { uuid: catalogue.UUID })
      await refresh()
      if (active) await navigate({ to: '/', search: {} })
      tellDone(`Catalogue ${catalogue.Name} was deleted.`, {
        label: 'Undo',
        run: async () => {
          await call(operations.addCatalogue, { body: { Name: catalogue.Name } })
          await refresh()
        },
      })
    } catch (error) {
      tellProblem(`Catalogue ${catalogue.Name} was not deleted. ${sentenceOf(error)}`)
    }
  }

  return (
    <NamedRow
      name={catalogue.Name}
      calledBy={catalogue.Name}
      onRename={async (name) => {
        await call(operations.editCatalogue, { uuid: catalogue.UUID, body: { Name: name } })
        await Promise.all([refresh(), client.invalidateQueries({ queryKey: ['functions'] })])
      }}
      link={
        <RowLink
          icon={IconFolder}
          label={catalogue.Name}
          count={catalogue.FunctionCount}
          search={{ Catalogue: catalogue.UUID }}
          active={active}
          data-catalogue={catalogue.UUID}
          data-catalogue-name={catalogue.Name}
          {...drop}
        />
      }
    >
      {catalogue.FunctionCount === 0 ? (
        <Menu.Item data-danger leftSection={<IconTrash size={15} />} onClick={() => void remove()}>
          Delete
        </Menu.Item>
      ) : (
        <Menu.Label>Only an empty catalogue can be deleted</Menu.Label>
      )}
    </NamedRow>
  )
}
