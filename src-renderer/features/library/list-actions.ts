import type { CatalogueItem } from '../../../src-contract/contract/functions/catalogue.ts'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { deleteFunctions, setStarred, takeOutOfCatalogue } from '../../actions/change-functions.ts'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { call } from '../../lib/api/client.ts'
import { listFunctions } from '../../lib/api/functions.ts'
import type { Filters } from '../../lib/api/queries.ts'
import { saveFromApi, saveText } from '../../lib/api/save-from-api.ts'
import { plural } from '../../lib/format/quantity.ts'
import { tellDone, tellProblem } from '../../lib/notices/notify.tsx'
import { dialogs } from '../../lib/state/dialogs.ts'
import { clearSelection, isPicked, pickedCount, selection } from '../../lib/state/selection.ts'
import { choiceOf, countOf, type Targets, uuidsOf } from '../../lib/state/targets.ts'
import { toCsv } from './csv.ts'
import { uuidsBetween } from './grid/use-listing.ts'

const THOUSAND = 1_000

/** The list that is shown. */
export type ShownList = { filters: Filters; total: number; capped: boolean }

/** What is picked. */
export function pickedTargets({ filters, total, capped }: ShownList): Targets {
  const { all, uuids } = selection.getState()
  if (!all) return [...uuids]
  return {
    query: filters,
    except: [...uuids],
    count: pickedCount({ all, uuids }, total),
    capped,
  }
}

/** The rows that an action is for: those that are picked, else the one that keys act on. */
async function targets(list: ShownList): Promise<Targets> {
  const { filters, total } = list
  const now = selection.getState()
  if (pickedCount(now, total) > 0) return pickedTargets(list)
  return now.cursor >= 0 && now.cursor < total ? uuidsBetween(filters, now.cursor, now.cursor) : []
}

export async function addToCatalogue(list: ShownList): Promise<void> {
  const chosen = await targets(list)
  if (countOf(chosen) > 0) dialogs.setState({ cataloguePicker: chosen })
}

export async function takeOut(list: ShownList, catalogue: Pick<CatalogueItem, 'UUID' | 'Name'>) {
  const chosen = await targets(list)
  clearSelection()
  await takeOutOfCatalogue(chosen, catalogue)
}

/** Asks for an own field and its value for the targets. */
export async function editField(list: ShownList): Promise<void> {
  const chosen = await targets(list)
  if (countOf(chosen) > 0) dialogs.setState({ fieldEditor: chosen })
}

export async function deleteTargets(list: ShownList, nameOf: (uuid: string) => string | undefined) {
  const chosen = await targets(list)
  if (countOf(chosen) === 0) return
  const [only] = countOf(chosen) === 1 ? await uuidsOf(chosen) : []
  clearSelection()
  await deleteFunctions(chosen, only === undefined ? undefined : nameOf(only))
}

export async function starTargets(list: ShownList, starred: boolean): Promise<void> {
  await setStarred(await targets(list), starred)
}

/** The first two of the targets, to be compared. */
export async function comparedPair(list: ShownList): Promise<readonly string[]> {
  return (await uuidsOf(await targets(list))).slice(0, 2)
}

/** Gives the targets out as one zip that another cabinet imports. */
export async function exportTargets(list: ShownList): Promise<void> {
  const chosen = await targets(list)
  try {
    const { UUID } = await call(operations.prepareExport, { body: choiceOf(chosen) })
    await saveFromApi(`/admin/export/${UUID}`, `models-${new Date().toISOString().slice(0, 10)}.zip`)
  } catch (error) {
    tellProblem(`Nothing was exported. ${sentenceOf(error)}`)
  }
}

async function rowsOf(filters: Filters, picked: (uuid: string) => boolean): Promise<FunctionItem[]> {
  const found: FunctionItem[] = []
  for (let offset = 0; ; offset += THOUSAND) {
    const { rows } = await listFunctions(filters, { offset, limit: THOUSAND })
    found.push(...rows.filter(({ UUID }) => picked(UUID)))
    if (rows.length < THOUSAND) return found
  }
}

/** Keeps the targets, or the whole list where nothing is picked, as a table for spreadsheets, in the order of the list. */
export async function saveCsv({ filters, total }: ShownList): Promise<void> {
  const now = selection.getState()
  const some = pickedCount(now, total) > 0
  try {
    const rows = await rowsOf(filters, (uuid) => !some || isPicked(now, uuid))
    const name = `models-${new Date().toISOString().slice(0, 10)}.csv`
    const written = await saveText(`\uFEFF${toCsv(rows)}`, name, 'text/csv')
    if (written !== null) tellDone(`${plural(rows.length, 'model')} written to ${written}.`)
  } catch (error) {
    tellProblem(`Nothing was written. ${sentenceOf(error)}`)
  }
}
