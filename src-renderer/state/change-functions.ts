import type { CatalogueItem } from '../../src-contract/catalogue.ts'
import type { FunctionItem } from '../../src-contract/function.ts'
import type { BulkChange } from '../../src-contract/job.ts'
import { sentenceOf } from '../api/api-error.ts'
import { deleteFunction, getFunction, undeleteFunction, updateFunction } from '../api/client.ts'
import { everyUuid } from '../api/every-uuid.ts'
import { startBulk } from '../api/jobs.ts'
import { queryClient } from '../api/query-client.ts'
import { tellDone, tellProblem } from '../components/tell.tsx'
import { plural } from '../format/quantity.ts'

/** What became of a change to many models: those that changed, those that were so already, and why others refused. */
type Outcome = { done: string[]; unchanged: number; refused: string[] }

/** Few at a time, since the cabinet writes one after the other anyhow. */
async function each(uuids: readonly string[], change: (uuid: string) => Promise<unknown>): Promise<Outcome> {
  const outcome: Outcome = { done: [], unchanged: 0, refused: [] }
  const queue = [...uuids]
  const worker = async () => {
    for (let uuid = queue.shift(); uuid !== undefined; uuid = queue.shift()) {
      try {
        if ((await change(uuid)) === 'unchanged') outcome.unchanged += 1
        else outcome.done.push(uuid)
      } catch (error) {
        outcome.refused.push(sentenceOf(error))
      }
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  return outcome
}

/** More models than this are changed by a job of the cabinet, which goes on when the window is closed. */
const MANY = 40

/** Those that are not so already: undoing must not touch the others. */
async function but(uuids: readonly string[], already: Record<string, string>): Promise<string[]> {
  const done = new Set(await everyUuid(already))
  return uuids.filter((uuid) => !done.has(uuid))
}

/** Begins a job that changes many models; the status bar shows how far it is. Undoing is a job as well. */
async function changeMany(
  uuids: readonly string[],
  change: BulkChange,
  back: BulkChange,
  sentence: string,
): Promise<void> {
  if (uuids.length === 0) return tellDone('There was nothing to change.')
  try {
    await startBulk({ Functions: [...uuids], Change: change })
    await queryClient.invalidateQueries({ queryKey: ['jobs'] })
    tellDone(sentence, {
      label: 'Undo',
      run: async () => {
        await startBulk({ Functions: [...uuids], Change: back })
        await queryClient.invalidateQueries({ queryKey: ['jobs'] })
      },
    })
  } catch (error) {
    tellProblem(`Nothing was changed. ${sentenceOf(error)}`)
  }
}

/** Asks afresh for whatever shows functions. */
export async function refreshFunctions(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['functions'] }),
    queryClient.invalidateQueries({ queryKey: ['function'] }),
    queryClient.invalidateQueries({ queryKey: ['catalogues'] }),
  ])
}

function tell(outcome: Outcome, done: string, undo: (uuids: string[]) => Promise<unknown>): void {
  const { done: changed, refused } = outcome
  if (changed.length > 0)
    tellDone(done, {
      label: 'Undo',
      run: async () => {
        await undo(changed)
        await refreshFunctions()
      },
    })
  if (refused.length > 0) tellProblem(`${plural(refused.length, 'model')} stayed as before. ${refused[0]}`)
}

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
  if (outcome.refused.length > 0) tellProblem(outcome.refused[0] ?? '')
}

/** Brings models back from the trash. */
export async function undeleteFunctions(uuids: readonly string[], name: string) {
  const outcome = await each(uuids, undeleteFunction)
  await refreshFunctions()
  tell(outcome, `${name} is back.`, (done) => each(done, deleteFunction))
}
