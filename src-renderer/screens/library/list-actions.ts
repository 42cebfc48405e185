import type { CatalogueItem } from '../../../src-contract/catalogue.ts'
import type { FunctionItem } from '../../../src-contract/function.ts'
import { sentenceOf } from '../../api/api-error.ts'
import { listFunctions } from '../../api/client.ts'
import { everyUuid } from '../../api/every-uuid.ts'
import type { Filters } from '../../api/queries.ts'
import { saveFromApi, saveText } from '../../api/save-from-api.ts'
import { tellDone, tellProblem } from '../../components/tell.tsx'
import { plural } from '../../format/quantity.ts'
import { deleteFunctions, setStarred, takeOutOfCatalogue } from '../../state/change-functions.ts'
import { dialogs } from '../../state/dialogs.ts'
import { clearSelection, isPicked, pickedCount, selection } from '../../state/selection.ts'
import { toCsv } from './csv.ts'
import { uuidsBetween } from './use-listing.ts'

/** So many UUIDs fit in the address of a request. */
const ASKED = 400
const THOUSAND = 1_000

/** The rows that an action is for: those that are picked, else the one that keys act on. */
export async function targets(filters: Filters, total: number): Promise<string[]> {
  const now = selection.getState()
  if (now.all) return (await everyUuid(filters)).filter((uuid) => isPicked(now, uuid))
  if (pickedCount(now, total) > 0) return [...now.uuids]
  return now.cursor >= 0 && now.cursor < total ? uuidsBetween(filters, now.cursor, now.cursor) : []
}

export async function addToCatalogue(filters: Filters, total: number): Promise<void> {
  const uuids = await targets(filters, total)
  if (uuids.length > 0) dialogs.setState({ cataloguePicker: uuids })
}

export async function takeOut(filters: Filters, total: number, catalogue: Pick<CatalogueItem, 'UUID' | 'Name'>) {
  const uuids = await targets(filters, total)
  clearSelection()
  await takeOutOfCatalogue(uuids, catalogue)
}

/** Asks for an own field and its value for the targets. */
export async function editField(filters: Filters, total: number): Promise<void> {
  const uuids = await targets(filters, total)
  if (uuids.length > 0) dialogs.setState({ fieldEditor: uuids })
}

export async function deleteTargets(filters: Filters, total: number, nameOf: (uuid: string) => string | undefined) {
  const uuids = await targets(filters, total)
  if (uuids.length === 0) return
  const [only] = uuids
  clearSelection()
  await deleteFunctions(uuids, only === undefined ? undefined : nameOf(only))
}

export async function starTargets(filters: Filters, total: number, starred: boolean): Promise<void> {
  await setStarred(await targets(filters, total), starred)
}

/** The list as it is, without its order and its place. */
const onlyFilters = ({ OrderBy: _, ...filters }: Filters) => filters

/** Gives the targets out as one zip that another cabinet imports. */
export async function exportTargets(filters: Filters, total: number): Promise<void> {
  const now = selection.getState()
  const whole = now.all && now.uuids.size === 0
  const uuids = whole ? [] : await targets(filters, total)
  if (uuids.length > ASKED)
    return tellProblem(
      `${plural(uuids.length, 'model')} picked one by one are too many for one export; up to ${ASKED} can be. Set a filter and select all, or export the whole cabinet in the settings.`,
    )
  const query = new URLSearchParams(whole ? onlyFilters(filters) : { Functions: uuids.join(',') })
  await saveFromApi(`/admin/export?${query}`, `models-${new Date().toISOString().slice(0, 10)}.zip`)
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
export async function saveCsv(filters: Filters, total: number): Promise<void> {
  const now = selection.getState()
  const some = pickedCount(now, total) > 0
  try {
    const rows = await rowsOf(filters, (uuid) => !some || isPicked(now, uuid))
    const name = `models-${new Date().toISOString().slice(0, 10)}.csv`
    saveText(`\uFEFF${toCsv(rows)}`, name, 'text/csv')
    tellDone(`${plural(rows.length, 'model')} written to ${name}.`)
  } catch (error) {
    tellProblem(`Nothing was written. ${sentenceOf(error)}`)
  }
}
