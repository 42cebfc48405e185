import { create } from 'zustand'
import { layout, type SavedView } from './layout.ts'
import { isSameList, type ListingSearch } from './listing-search.ts'

function change(to: (views: readonly SavedView[]) => SavedView[]): void {
  layout.setState(({ views }) => ({ views: to(views) }))
}
const edit = (id: string, to: Partial<SavedView>): void =>
  change((views) => views.map((view) => (view.id === id ? { ...view, ...to } : view)))

/** The view of this name. */
export const viewNamed = (views: readonly SavedView[], name: string) => views.find((view) => view.name === name)

/** Keeps a list under a name, in place of one that had the name. */
export function saveView(name: string, search: ListingSearch): void {
  const former = viewNamed(layout.getState().views, name)
  if (former) edit(former.id, { search })
  else change((views) => [...views, { id: crypto.randomUUID(), name, search }])
}

/** Makes a view the list that is shown. */
export const updateView = (id: string, search: ListingSearch): void => edit(id, { search })

function refuseTaken(name: string, id: string): void {
  const other = viewNamed(layout.getState().views, name)
  if (other && other.id !== id) throw new Error(`A view named ${name} already exists.`)
}

/** @throws Error with a sentence, where another view has the name */
export function renameView(id: string, name: string): void {
  refuseTaken(name, id)
  edit(id, { name })
}

/** Lets a view go. @returns what brings it back to where it stood, and throws where another has taken its name */
export function removeView(id: string): () => void {
  const { views: before } = layout.getState()
  const at = before.findIndex((view) => view.id === id)
  const [view] = before.slice(at, at + 1)
  change((views) => views.filter((other) => other.id !== id))
  return () => {
    if (view === undefined) return
    refuseTaken(view.name, id)
    change((views) => [...views.slice(0, at), view, ...views.slice(at)])
  }
}

/** The view that was gone to last, as long as what is shown has something of it. */
export const openedView = create<{ id: string | null }>(() => ({ id: null }))

/** What a list has to do with the saved views: it is one, or was made from one, or neither. */
export type ViewState = { is: SavedView | null; from: SavedView | null }

/** `opened` is the view that was gone to last. A list is made from it as long as they share a filter or a search. */
export function viewState(search: ListingSearch, views: readonly SavedView[], opened: string | null): ViewState {
  const is = views.find((view) => isSameList(view.search, search)) ?? null
  const last = views.find(({ id }) => id === opened)
  const shared = Object.keys(last?.search ?? {}).some((name) => search[name] !== undefined)
  return { is, from: is === null && last && shared ? last : null }
}
