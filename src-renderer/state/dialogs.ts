import { create } from 'zustand'

/** Which of the window's own overlays is open. */
export type Dialogs = {
  import: boolean
  keys: boolean
  newCatalogue: boolean
  palette: boolean
  activity: boolean
  cataloguePicker: readonly string[] | null
  /** The models whose own field is being set. */
  fieldEditor: readonly string[] | null
}

export const dialogs = create<Dialogs>(() => ({
  import: false,
  keys: false,
  newCatalogue: false,
  palette: false,
  activity: false,
  cataloguePicker: null,
  fieldEditor: null,
}))
