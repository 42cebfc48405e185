import { randomUUID } from 'node:crypto'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Catalogue, CatalogueEdit, CatalogueItem } from '../../../src-contract/contract/functions/catalogue.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import type { StoredCatalogue } from '../../store/repositories/catalogue-repository.ts'
import { ownOrganisation } from '../../store/repositories/organisation-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { ChangeLog } from '../kernel/change-log.ts'

export type CatalogueService = {
  /** By name. `organisation` is a UUID; an unknown one gives an empty list. */
  list(filter?: { organisation?: string }): CatalogueItem[]
  /** @throws Problem `not-found`. Its functions: `listing.list({ Catalogue: uuid, Limit: 1000 })`. */
  get(uuid: string): Catalogue
  /** Made in the cabinet's own organisation. @throws Problem `conflict` (field `Name`) where the name is taken in it. */
  create(caller: Caller, edit: CatalogueEdit): Catalogue
  /** @throws Problem `not-found`, `conflict` (field `Name`). */
  rename(caller: Caller, uuid: string, edit: CatalogueEdit): Catalogue
  /** @throws Problem `not-found`, `conflict` while functions are in it (those in the trash do not count). */
  remove(caller: Caller, uuid: string): void
}

export function createCatalogueService(
  changeLog: ChangeLog,
  { catalogues, organisations }: Pick<Repositories, 'catalogues' | 'organisations'>,
): CatalogueService {
  function find(uuid: string): StoredCatalogue {
    const found = catalogues.find(uuid)
    if (!found) throw new Problem('not-found', 'There is no catalogue with this UUID.', { uuid })
    return found
  }

  function refuseTaken(organisationId: number, name: string): void {
    const other = catalogues.findByName(organisationId, name)
    if (!other) return
    const sentence = `A catalogue named “${name}” already exists.`
    throw new Problem('conflict', sentence, { field: 'Name', uuid: other.body.UUID })
  }

  return {
    list: ({ organisation } = {}) => catalogues.list(organisation),
    get: (uuid) => find(uuid).body,
    create(caller, { Name }) {
      return changeLog.change((record) => {
        const own = ownOrganisation(organisations)
        refuseTaken(own.id, Name)
        const UUID = randomUUID()
        catalogues.insert(UUID, own.id, Name)
        record({
          kind: 'catalogue.created',
          uuid: UUID,
          by: caller.name,
          summary: `Added the catalogue “${Name}”`,
          change: [{ Field: 'Name', Before: null, After: Name }],
        })
        return find(UUID).body
      })
    },
    rename(caller, uuid, { Name }) {
      return changeLog.change((record) => {
        const catalogue = find(uuid)
        const before = catalogue.body.Name
        if (before === Name) return catalogue.body
        refuseTaken(catalogue.organisationId, Name)
        catalogues.rename(catalogue, Name)
        record({
          kind: 'catalogue.renamed',
          uuid,
          by: caller.name,
          summary: `Renamed the catalogue “${before}” to “${Name}”`,
          change: [{ Field: 'Name', Before: before, After: Name }],
        })
        return find(uuid).body
      })
    },
    remove(caller, uuid) {
      changeLog.change((record) => {
        const { id, functionCount, body } = find(uuid)
        if (functionCount > 0) {
          const what = functionCount === 1 ? 'a model is' : `${plural(functionCount, 'model')} are`
          throw new Problem('conflict', `The catalogue “${body.Name}” is not empty: ${what} in it.`, { uuid })
        }
        catalogues.remove(id)
        record({
          kind: 'catalogue.deleted',
          uuid,
          by: caller.name,
          summary: `Deleted the catalogue “${body.Name}”`,
          change: [{ Field: 'Name', Before: body.Name, After: null }],
        })
      })
    },
  }
}
