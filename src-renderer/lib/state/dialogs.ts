import { create } from 'zustand'
import type { Targets } from './targets.ts'

/** Where models come from. */
export type ImportWay = 'files' | 'folder' | 'address' | 'look'

/** Which of the window's own overlays is open. */
export type Dialogs = {
  import: boolean
  /** Where the import dialog takes models from when it opens. */
  importWay: ImportWay
  /** What was dropped with a folder in it: the import dialog asks how to take it. */
  importPaths: readonly string[]
  /** The catalogue that it was dropped on; null leaves it to the place that is shown. */
  importCatalogue: string | null
  keys: boolean
  /** A name for a new catalogue is being asked for in the side bar. */
  newCatalogue: boolean
  palette: boolean
  activity: boolean
  /** The models that are being filed. */
  cataloguePicker: Targets | null
  /** The models whose own field is being set. */
  fieldEditor: Targets | null
}

const covers = ['import', 'keys', 'palette', 'cataloguePicker', 'fieldEditor'] as const

/** A dialog lies over everything else. */
export const isCovered = (state: Dialogs): boolean => covers.some((name) => state[name])

/** Whether a dialog opens by this change. */
export const isOpening = (now: Dialogs, before: Dialogs): boolean => covers.some((name) => now[name] && !before[name])

export const dialogs = create<Dialogs>(() => ({
  import: false,
  importWay: 'files',
  importPaths: [],
  importCatalogue: null,
  keys: false,
  newCatalogue: false,
  palette: false,
  activity: false,
  cataloguePicker: null,
  fieldEditor: null,
}))
