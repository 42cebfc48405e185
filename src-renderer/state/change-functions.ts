import type { CatalogueItem } from '../../src-contract/catalogue.ts'
import type { FunctionItem } from '../../src-contract/function.ts'
import { deleteFunction, getFunction, undeleteFunction, updateFunction } from '../api/client.ts'
import { tellDone } from '../components/tell.tsx'
import { plural } from '../format/quantity.ts'
import { but, changeMany, each, MANY, refreshFunctions, tell, tellRefused } from './change-many.ts'

const uuidsOf = (item: Pick<FunctionItem, 'Catalogues'>) => item.Catalogues.map(({ UUID }) => UUID)

async function include(uuid: string, catalogue: string): Promise<unknown> {
  const { body, revision } = await getFunction(uuid)
  const now = uuidsOf(body)
  if (now.includes(catalogue)) return 'unchanged'
  return updateFunction(uuid, { Catalogues: [...now, catalogue] }, revision)
}

async function exclude(uuid: string, catalogue: string): Promise<void> {
  const { body, revision } = await getFunction(uuid)
  await updateFunction(uuid, { Catalogues: uuidsOf(body).filter((other) => other !== catalogue) }, revision)
}

/** Files models into a catalogue, and says so with a way back. */
export async function fileIntoCatalogue(uuids: readonly string[], catalogue: Pick<CatalogueItem, 'UUID' | 'Name'>) {
  if (uuids.length > MANY)
    return changeMany(
      await but(uuids, { Catalogue: catalogue.UUID }),
      { AddCatalogues: [catalogue.UUID] },
      { RemoveCatalogues: [catalogue.UUID] },
      `Filing ${plural(uuids.length, 'model')} into ${catalogue.Name}.`,
    )
  const outcome = await each(uuids, (uuid) => include(uuid, catalogue.UUID))
  await refreshFunctions()
  if (outcome.unchanged > 0 && outcome.done.length === 0)
    tellDone(`${outcome.unchanged === 1 ? 'It was' : 'They were'} in ${catalogue.Name} already.`)
  tell(outcome, `${plural(outcome.done.length, 'model')} filed into ${catalogue.Name}.`, (done) =>
    each(done, (uuid) => exclude(uuid, catalogue.UUID)),
  )
}

/** Takes models out of a catalogue, and says so with a way back. */
export async function takeOutOfCatalogue(uuids: readonly string[], catalogue: Pick<CatalogueItem, 'UUID' | 'Name'>) {
  if (uuids.length > MANY)
    return changeMany(
      uuids,
      { RemoveCatalogues: [catalogue.UUID] },
      { AddCatalogues: [catalogue.UUID] },
      `Taking ${plural(uuids.length, 'model')} out of ${catalogue.Name}.`,
    )
  const outcome = await each(uuids, (uuid) => exclude(uuid, catalogue.UUID))
  await refreshFunctions()
  tell(outcome, `${plural(outcome.done.length, 'model')} taken out of ${catalogue.Name}.`, (done) =>
    each(done, (uuid) => include(uuid, catalogue.UUID)),
  )
}

/** Puts models into the trash, and says so with a way back. */
export async function deleteFunctions(uuids: readonly string[], name?: string) {
  if (uuids.length > MANY)
    return changeMany(
      uuids,
      { Delete: true },
      { Undelete: true },
      `Moving ${plural(uuids.length, 'model')} to the trash.`,
    )
  const outcome = await each(uuids, deleteFunction)
  await refreshFunctions()
  const what = name !== undefined && uuids.length === 1 ? name : plural(outcome.done.length, 'model')
  tell(outcome, `${what} moved to the trash.`, (done) => each(done, undeleteFunction))
}

/** Stars or unstars models. */
export async function setStarred(uuids: readonly string[], starred: boolean) {
  if (uuids.length > MANY)
    return changeMany(
      await but(uuids, { Starred: String(starred) }),
      { Set: { Starred: starred } },
      { Set: { Starred: !starred } },
      `${starred ? 'Starring' : 'Unstarring'} ${plural(uuids.length, 'model')}.`,
    )
  const outcome = await each(uuids, (uuid) => updateFunction(uuid, { Starred: starred }))
  await refreshFunctions()
  tellRefused(outcome.refused)
}

/** Brings models back from the trash. */
export async function undeleteFunctions(uuids: readonly string[], name: string) {
  const outcome = await each(uuids, undeleteFunction)
  await refreshFunctions()
  tell(outcome, `${name} is back.`, (done) => each(done, deleteFunction))
}
