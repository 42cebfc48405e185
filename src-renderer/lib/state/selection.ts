import { create } from 'zustand'

/**
 * Which rows are picked. With `all`, every match of the shown list is, but for `uuids`; so that selecting 100,000 rows
 * costs nothing.
 */
export type Picked = { all: boolean; uuids: ReadonlySet<string> }

export type Selection = Picked & {
  /** Position in the list of the row that keys act on; -1 before there is one. */
  cursor: number
  /** Where a range with Shift begins. */
  anchor: number
}

const nothing: Picked = { all: false, uuids: new Set() }

export const selection = create<Selection>(() => ({ ...nothing, cursor: -1, anchor: -1 }))

export function isPicked(picked: Picked, uuid: string): boolean {
  return picked.all !== picked.uuids.has(uuid)
}

export function pickedCount(picked: Picked, total: number): number {
  return picked.all ? Math.max(0, total - picked.uuids.size) : picked.uuids.size
}

/** Turns one row's state over. */
function toggled(picked: Picked, uuid: string): Picked {
  const uuids = new Set(picked.uuids)
  if (!uuids.delete(uuid)) uuids.add(uuid)
  return { all: picked.all, uuids }
}

export const clearSelection = () => selection.setState(nothing)
export const pickAll = () => selection.setState({ all: true, uuids: new Set() })
export const pickOnly = (uuids: Iterable<string>) => selection.setState({ all: false, uuids: new Set(uuids) })
export const pickAlso = (more: Iterable<string>) =>
  selection.setState((now) => ({ uuids: new Set(now.all ? now.uuids : [...now.uuids, ...more]) }))
/** Lets go of a model that is no more, so that the number of the picked ones is that of those that can be seen. */
export const letGo = (uuid: string) =>
  selection.setState((now) => {
    if (!now.uuids.has(uuid)) return now
    const uuids = new Set(now.uuids)
    uuids.delete(uuid)
    return { uuids }
  })
export const togglePicked = (uuid: string) => selection.setState((now) => toggled(now, uuid))
export const moveCursor = (cursor: number) => selection.setState({ cursor, anchor: cursor })
