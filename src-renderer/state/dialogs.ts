import { create } from 'zustand'

/** Which of the window's own overlays is open. */
export type Dialogs = {
  import: boolean
  /** A folder that was dropped: the import dialog asks how to take it. */
  importPath: string
  keys: boolean
  /** A name for a new catalogue is being asked for in the side bar. */
  newCatalogue: boolean
  palette: boolean
  activity: boolean
  cataloguePicker: readonly string[] | null
  /** The models whose own field is being set. */
  fieldEditor: readonly string[] | null
}

export const dialogs = create<Dialogs>(() => ({
  import: false,
  importPath: '',
  keys: false,
  newCatalogue: false,
  palette: false,
  activity: false,
  cataloguePicker: null,
  fieldEditor: null,
}))
