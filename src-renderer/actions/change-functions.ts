import type { CatalogueItem } from '../../src-contract/contract/functions/catalogue.ts'
import type { FunctionItem } from '../../src-contract/contract/functions/function.ts'
import { operations } from '../../src-contract/operations/operations.ts'
import { changeWords } from '../../src-contract/words/change-words.ts'
import { plural } from '../../src-contract/words/human-number.ts'
import { call } from '../lib/api/client.ts'
import { getFunction, updateFunction } from '../lib/api/functions.ts'
import { tellDone } from '../lib/notices/notify.tsx'
import { fewOf, type Targets } from '../lib/state/targets.ts'
import { changeMany, each, refreshFunctions, tell, tellRefused } from './change-many.ts'

const cataloguesOf = (item: Pick<FunctionItem, 'Catalogues'>) => item.Catalogues.map(({ UUID }) => UUID)

async function include(uuid: string, catalogue: string): Promise<unknown> {
  const { body, revision } = await getFunction(uuid)
  const now = cataloguesOf(body)
  if (now.includes(catalogue)) return 'unchanged'
  return updateFunction(uuid, { Catalogues: [...now, catalogue] }, revision)
}

async function exclude(uuid: string, catalogue: string): Promise<void> {
  const { body, revision } = await getFunction(uuid)
  await updateFunction(uuid, { Catalogues: cataloguesOf(body).filter((other) => other !== catalogue) }, revision)
}

/** Files models into a catalogue, and says so with a way back. */
export async function fileIntoCatalogue(targets: Targets, catalogue: Pick<CatalogueItem, 'UUID' | 'Name'>) {
  const few = await fewOf(targets)
  const change = { AddCatalogues: [catalogue.UUID] }
  if (!few)
    return changeMany(targets, {
      change,
      back: { RemoveCatalogues: [catalogue.UUID] },
      already: { Catalogue: catalogue.UUID },
    })
  const outcome = await each(few, (uuid) => include(uuid, catalogue.UUID))
  await refreshFunctions()
  if (outcome.unchanged > 0 && outcome.done.length === 0) tellDone(`No changes: already in ${catalogue.Name}.`)
  const { done: words } = changeWords(change, () => catalogue.Name)
  tell(outcome, words(plural(outcome.done.length, 'model')), (done) =>
    each(done, (uuid) => exclude(uuid, catalogue.UUID)),
  )
}

/** Takes models out of a catalogue, and says so with a way back. */
export async function takeOutOfCatalogue(targets: Targets, catalogue: Pick<CatalogueItem, 'UUID' | 'Name'>) {
  const few = await fewOf(targets)
  const change = { RemoveCatalogues: [catalogue.UUID] }
  if (!few) return changeMany(targets, { change, back: { AddCatalogues: [catalogue.UUID] } })
  const outcome = await each(few, (uuid) => exclude(uuid, catalogue.UUID))
  await refreshFunctions()
  const { done: words } = changeWords(change, () => catalogue.Name)
  tell(outcome, words(plural(outcome.done.length, 'model')), (done) =>
    each(done, (uuid) => include(uuid, catalogue.UUID)),
  )
}

/** Puts models into the trash, and says so with a way back. */
export async function deleteFunctions(targets: Targets, name?: string) {
  const few = await fewOf(targets)
  const change = { Delete: true } as const
  if (!few) return changeMany(targets, { change, back: { Undelete: true } })
  const outcome = await each(few, (uuid: string) => call(operations.deleteFunction, { uuid }))
  await refreshFunctions()
  const what = name !== undefined && few.length === 1 ? name : plural(outcome.done.length, 'model')
  const { done: words } = changeWords(change, () => undefined)
  tell(
    outcome,
    words(what),
    (done) => each(done, (uuid: string) => call(operations.undeleteFunction, { uuid })),
    'function.undeleted',
  )
}

/** Stars or unstars models. */
export async function setStarred(targets: Targets, starred: boolean) {
  const few = await fewOf(targets)
  if (!few)
    return changeMany(targets, {
      change: { Set: { Starred: starred } },
      back: { Set: { Starred: !starred } },
      already: { Starred: String(starred) },
    })
  const outcome = await each(few, (uuid) => updateFunction(uuid, { Starred: starred }))
  await refreshFunctions()
  tellRefused(outcome.refused)
}

/** Brings models back from the trash; all of it, or many, by a job. */
export async function undeleteFunctions(targets: readonly string[] | 'trash', name?: string) {
  const uuids = targets === 'trash' ? null : await fewOf(targets)
  if (!uuids) return changeMany(targets, { change: { Undelete: true }, back: { Delete: true } })
  const outcome = await each(uuids, (uuid: string) => call(operations.undeleteFunction, { uuid }))
  await refreshFunctions()
  tell(
    outcome,
    name === undefined ? `${plural(outcome.done.length, 'model')} restored` : `${name} was restored`,
    (done) => each(done, (uuid: string) => call(operations.deleteFunction, { uuid })),
    'function.deleted',
  )
}

/** Deletes models that are in the trash for good, or all of them. */
export const purgeFunctions = (targets: readonly string[] | 'trash') => changeMany(targets, { change: { Purge: true } })
