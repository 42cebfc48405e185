import {
  IconArrowsDiff,
  IconFolderMinus,
  IconFolderPlus,
  IconPackageExport,
  IconSelectAll,
  IconStar,
  IconStarOff,
  IconTable,
  IconTag,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import type { CatalogueItem } from '../../../src-contract/contract/functions/catalogue.ts'
import { useScreenCommands } from '../../lib/state/screen-commands.ts'
import { clearSelection, pickAll, pickedCount, selection } from '../../lib/state/selection.ts'
import {
  addToCatalogue,
  deleteTargets,
  editField,
  exportTargets,
  type ShownList,
  saveCsv,
  starTargets,
  takeOut,
} from './list-actions.ts'

type Options = {
  list: ShownList
  /** The catalogue whose list is shown. */
  shown: CatalogueItem | undefined
  nameOf: (uuid: string) => string | undefined
  /** Compares the two that are picked; null where there are not two. */
  compare: (() => void) | null
}

/** What can be done with the list, and with the picked models or else the current one, in the palette. */
export function useSelectionCommands({ list, shown, nameOf, compare }: Options): void {
  useScreenCommands(() => {
    const now = selection.getState()
    const count = pickedCount(now, list.total)
    const whole = [
      {
        id: 'csv',
        label: count > 0 ? 'Save the selected models as CSV' : 'Save this list as CSV',
        icon: IconTable,
        run: () => void saveCsv(list),
      },
      { id: 'all', label: 'Select all models of this list', icon: IconSelectAll, keys: ['Mod', 'A'], run: pickAll },
    ]
    if (list.total === 0) return []
    if (count === 0 && now.cursor < 0) return whole
    const what = count > 0 ? 'the selected models' : 'the current model'
    return [
      {
        id: 'file',
        label: `Add ${what} to a catalogue…`,
        icon: IconFolderPlus,
        keys: ['C'],
        run: () => void addToCatalogue(list),
      },
      ...(shown
        ? [
            {
              id: 'take-out',
              label: `Take ${what} out of ${shown.Name}`,
              icon: IconFolderMinus,
              run: () => void takeOut(list, shown),
            },
          ]
        : []),
      ...(compare ? [{ id: 'compare', label: 'Compare the selected models', icon: IconArrowsDiff, run: compare }] : []),
      { id: 'field', label: `Set a field on ${what}…`, icon: IconTag, keys: ['F'], run: () => void editField(list) },
      { id: 'star', label: `Star ${what}`, icon: IconStar, run: () => void starTargets(list, true) },
      {
        id: 'no-star',
        label: `Remove the stars of ${what}`,
        icon: IconStarOff,
        run: () => void starTargets(list, false),
      },
      { id: 'export', label: `Export ${what}`, icon: IconPackageExport, run: () => void exportTargets(list) },
      {
        id: 'delete',
        label: `Delete ${what}`,
        icon: IconTrash,
        keys: ['Delete'],
        run: () => void deleteTargets(list, nameOf),
      },
      ...whole,
      ...(count > 0
        ? [{ id: 'clear', label: 'Clear the selection', icon: IconX, keys: ['Esc'], run: clearSelection }]
        : []),
    ]
  })
}
