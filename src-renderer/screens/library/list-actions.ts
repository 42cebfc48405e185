import { everyUuid } from '../../api/every-uuid.ts'
import type { Filters } from '../../api/queries.ts'
import { deleteFunctions, setStarred } from '../../state/change-functions.ts'
import { dialogs } from '../../state/dialogs.ts'
import { clearSelection, isPicked, pickedCount, selection } from '../../state/selection.ts'
import { uuidsBetween } from './use-listing.ts'

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
