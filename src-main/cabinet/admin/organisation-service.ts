import { randomUUID } from 'node:crypto'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { Organisation } from '../../../src-contract/contract/functions/organisation.ts'
import {
  type OrganisationRepository,
  ownOrganisation,
  type StoredOrganisation,
} from '../../store/repositories/organisation-repository.ts'
import type { ChangeLog } from '../kernel/change-log.ts'

export type OrganisationService = {
  /** The cabinet's own organisation. */
  own(): Organisation
  /** All of them, the own one first; others came with imports from other cabinets. */
  list(): Organisation[]
  rename(caller: Caller, edit: { Name: string }): Organisation
}

/** Makes the own organisation at first start. */
export function createOrganisationService(
  changeLog: ChangeLog,
  organisations: OrganisationRepository,
): OrganisationService {
  if (!organisations.own()) {
    changeLog.change(() => organisations.insert({ UUID: randomUUID(), Name: 'My models' }, 'own'))
  }
  return {
    own: () => body(ownOrganisation(organisations)),
    list: () => organisations.list(),
    rename(caller, { Name }) {
      const own = ownOrganisation(organisations)
      if (own.Name === Name) return body(own)
      return changeLog.change((record) => {
        organisations.rename(own.id, Name)
        record({
          kind: 'organisation.renamed',
          uuid: own.UUID,
          by: caller.name,
          summary: `Renamed the organisation from “${own.Name}” to “${Name}”`,
          change: [{ Field: 'Name', Before: own.Name, After: Name }],
        })
        return { UUID: own.UUID, Name }
      })
    },
  }
}

function body({ UUID, Name }: StoredOrganisation): Organisation {
  return { UUID, Name }
}
