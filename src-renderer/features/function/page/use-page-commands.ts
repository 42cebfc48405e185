import {
  IconCopy,
  IconDownload,
  IconFolderOpen,
  IconFolderPlus,
  IconLink,
  IconPencil,
  IconRefresh,
  IconRoute,
  IconStar,
  IconStarOff,
  IconTrash,
} from '@tabler/icons-react'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import { setStarred } from '../../../actions/change-functions.ts'
import { sentenceOf } from '../../../lib/api/api-error.ts'
import { saveFromApi } from '../../../lib/api/save-from-api.ts'
import { tellProblem } from '../../../lib/notices/notify.tsx'
import { dialogs } from '../../../lib/state/dialogs.ts'
import { type Tab, tabs } from '../../../lib/state/function-tabs.ts'
import { type Command, useScreenCommands } from '../../../lib/state/screen-commands.ts'

type Page = {
  model: FunctionDetail
  offered: ReadonlySet<Tab>
  onTab: (tab: Tab) => void
  /** Checks again whether it runs here; null where that makes no sense now. */
  again: (() => void) | null
  remove: () => void
}

/** Begins to edit the name where it stands. */
export const editName = () => document.querySelector<HTMLElement>('[data-edit="name"]')?.click()

/** All that can be done with the model of the page, and the way to its tabs, in the palette. */
export function usePageCommands({ model, offered, onTab, again, remove }: Page): void {
  const { UUID, Starred } = model
  const [download] = model.Downloads
  const bridge = window.cabinet
  useScreenCommands(() => {
    const commands: (Command | undefined)[] = [
      {
        id: 'star',
        label: Starred ? 'Remove the star of this model' : 'Star this model',
        icon: Starred ? IconStarOff : IconStar,
        keys: ['S'],
        run: () => void setStarred([UUID], !Starred),
      },
      { id: 'name', label: 'Edit the name of this model', icon: IconPencil, keys: ['E'], run: editName },
      {
        id: 'file',
        label: 'Add this model to a catalogue…',
        icon: IconFolderPlus,
        keys: ['C'],
        run: () => dialogs.setState({ cataloguePicker: [UUID] }),
      },
      again
        ? { id: 'check', label: 'Check again whether this model runs here', icon: IconRefresh, run: again }
        : undefined,
      download && {
        id: 'download',
        label: `Download ${download.Name}`,
        icon: IconDownload,
        run: () => void saveFromApi(download.Url, download.Name),
      },
      bridge &&
        download && {
          id: 'reveal',
          label: 'Show the file of this model in its folder',
          icon: IconFolderOpen,
          run: () => void bridge.revealInFolder(UUID).catch((error: unknown) => tellProblem(sentenceOf(error))),
        },
      {
        id: 'uuid',
        label: 'Copy the UUID of this model',
        icon: IconCopy,
        run: () => void navigator.clipboard.writeText(UUID),
      },
      bridge && {
        id: 'link',
        label: 'Copy a link to this model',
        icon: IconLink,
        run: () => void navigator.clipboard.writeText(`model-cabinet://function/${UUID}`),
      },
      { id: 'remove', label: 'Delete this model', icon: IconTrash, run: remove },
    ]
    const ways = tabs
      .filter(({ id }) => offered.has(id))
      .map(({ id, label }, index) => ({
        id: `tab ${id}`,
        label: `${label} of this model`,
        icon: IconRoute,
        keys: [String(index + 1)],
        run: () => onTab(id),
      }))
    return [...ways, ...commands.filter((command) => command !== undefined)]
  })
}
