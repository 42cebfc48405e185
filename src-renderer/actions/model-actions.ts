import {
  IconArrowsDiff,
  IconCopy,
  IconDownload,
  IconExternalLink,
  IconFileZip,
  IconFolderMinus,
  IconFolderOpen,
  IconFolderPlus,
  IconFolders,
  IconLink,
  IconPackageExport,
  IconPencil,
  IconPlayerPlay,
  IconRefresh,
  IconStar,
  IconStarOff,
  IconTag,
  IconTrash,
} from '@tabler/icons-react'
import type { ExportRequest } from '../../src-contract/contract/functions/selection.ts'
import { operations } from '../../src-contract/operations/operations.ts'
import { call } from '../lib/api/client.ts'
import { saveFromApi } from '../lib/api/save-from-api.ts'
import { dialogs } from '../lib/state/dialogs.ts'
import type { Tab } from '../lib/state/function-tabs.ts'
import { choiceOf, countOf, uuidsOf } from '../lib/state/targets.ts'
import { type Action, type Context, countWords, type Models } from './action.ts'
import { deleteFunctions, setStarred, takeOutOfCatalogue } from './change-functions.ts'
import { canCheckAgain, checkAgain } from './check-again.ts'

const some = ({ models }: Context) => models.count > 0

/** The model that it is for, where it is one that the window has read. */
const only = ({ models }: Context) => (models.count === 1 ? models.known[0] : undefined)

const downloadOf = (context: Context) => only(context)?.Downloads?.[0]

const allStarred = ({ count, known }: Models) =>
  count > 0 && known.length === count && known.every(({ Starred }) => Starred)

/** Whether the only model has a file for what the cabinet is to do with it. */
const hasFileFor = (path: string) => (context: Context) => only(context)?.Status === 'ok' && context.can(path)

async function openTab(context: Context, tab: Tab): Promise<void> {
  if (context.page) return context.page.open(tab)
  const [uuid] = await uuidsOf(await context.models.targets())
  if (uuid !== undefined) await context.navigate({ to: '/function/$uuid', params: { uuid }, search: { tab } })
}

async function copy({ models }: Context, text: (uuid: string) => string): Promise<void> {
  const uuids = await uuidsOf(await models.targets())
  await navigator.clipboard.writeText(uuids.map(text).join('\n'))
}

/** What can be done with models, one or many. */
export const modelActions = [
  {
    id: 'open',
    label: ({ models, list }) =>
      models.count > 1 && list?.current?.name !== undefined ? `Open ${list.current.name}` : 'Open',
    icon: IconExternalLink,
    keys: { list: 'Enter' },
    when: ({ list }) => list?.current !== undefined,
    perform: async ({ list, navigate }) => {
      const uuid = await list?.current?.uuid()
      if (uuid !== undefined) await navigate({ to: '/function/$uuid', params: { uuid } })
    },
  },
  {
    id: 'try',
    label: 'Try it',
    icon: IconPlayerPlay,
    when: hasFileFor('/function/{uuid}/run'),
    perform: (context) => openTab(context, 'try'),
  },
  {
    id: 'compare',
    label: ({ models }) => (models.count === 2 ? 'Compare' : 'Compare with…'),
    icon: IconArrowsDiff,
    when: (context) => {
      const path = '/function/{uuid}/compare/{other}'
      return context.models.count === 2 ? context.can(path) : hasFileFor(path)(context)
    },
    perform: async (context) => {
      if (context.models.count !== 2) return openTab(context, 'compare')
      const [uuid, other] = await uuidsOf(await context.models.targets())
      if (uuid !== undefined && other !== undefined)
        await context.navigate({ to: '/function/$uuid', params: { uuid }, search: { tab: 'compare', with: other } })
    },
  },
  {
    id: 'rename',
    label: 'Rename',
    icon: IconPencil,
    keys: { page: 'E' },
    when: ({ place }) => place === 'page',
    perform: editName,
  },
  {
    id: 'star',
    label: ({ models }) => (allStarred(models) ? 'Remove star' : 'Star'),
    icon: IconStar,
    keys: { list: 'S', page: 'S' },
    when: some,
    perform: async ({ models }) => setStarred(await models.targets(), !allStarred(models)),
  },
  {
    // Of several, some may be starred and others not; `star` then stars them all.
    id: 'unstar',
    label: 'Remove star',
    icon: IconStarOff,
    when: ({ models }) => models.count > 1 && !allStarred(models),
    perform: async ({ models }) => setStarred(await models.targets(), false),
  },
  {
    id: 'add-to-catalogue',
    label: 'Add to catalogue…',
    icon: IconFolderPlus,
    keys: { list: 'C', page: 'C' },
    when: some,
    perform: async ({ models }) => {
      const cataloguePicker = await models.targets()
      if (countOf(cataloguePicker) > 0) dialogs.setState({ cataloguePicker })
    },
  },
  {
    id: 'remove-from-catalogue',
    label: ({ list }) => `Remove from ${list?.catalogue?.Name}`,
    icon: IconFolderMinus,
    when: (context) => some(context) && context.list?.catalogue !== undefined,
    perform: async ({ models, list, leave }) => {
      if (!list?.catalogue) return
      const targets = await models.targets()
      leave()
      await takeOutOfCatalogue(targets, list.catalogue)
    },
  },
  {
    id: 'set-field',
    label: 'Set custom field…',
    icon: IconTag,
    keys: { list: 'F' },
    when: some,
    perform: async ({ models }) => {
      const fieldEditor = await models.targets()
      if (countOf(fieldEditor) > 0) dialogs.setState({ fieldEditor })
    },
  },
  {
    id: 'check-again',
    label: 'Check again whether it runs here',
    icon: IconRefresh,
    when: (context) => {
      const model = only(context)
      return model !== undefined && canCheckAgain(model, context.can)
    },
    perform: async (context) => {
      const model = only(context)
      if (model) await checkAgain(model)
    },
  },
  {
    id: 'download',
    label: (context) => `Download ${downloadOf(context)?.Name}`,
    icon: IconDownload,
    when: (context) => downloadOf(context) !== undefined,
    perform: async (context) => {
      const download = downloadOf(context)
      if (download) await saveFromApi(download.Url, download.Name)
    },
  },
  {
    id: 'download-folder',
    label: 'Download as folder (zip)',
    icon: IconFileZip,
    when: (context) => downloadOf(context) !== undefined,
    perform: async (context) => {
      const model = only(context)
      if (model) await saveFromApi(`/function/${model.UUID}/download.zip`, `${model.Name}.zip`)
    },
  },
  {
    id: 'show-in-folder',
    label: 'Show in folder',
    icon: IconFolderOpen,
    when: (context) =>
      window.cabinet !== undefined && (downloadOf(context) !== undefined || only(context)?.Status === 'ok'),
    perform: async (context) => {
      const model = only(context)
      if (model) await window.cabinet?.revealInFolder(model.UUID)
    },
  },
  {
    id: 'export',
    label: 'Export…',
    icon: IconPackageExport,
    when: some,
    perform: ({ models }) => exportModels(models, 'cabinet'),
  },
  {
    id: 'export-for-people',
    label: 'Export for people…',
    icon: IconFolders,
    when: some,
    perform: ({ models }) => exportModels(models, 'folders'),
  },
  {
    id: 'copy-uuid',
    label: ({ models }) => (models.count === 1 ? 'Copy UUID' : 'Copy UUIDs'),
    icon: IconCopy,
    when: some,
    perform: (context) => copy(context, (uuid) => uuid),
  },
  {
    id: 'copy-link',
    label: ({ models }) => (models.count === 1 ? 'Copy link' : 'Copy links'),
    icon: IconLink,
    when: (context) => some(context) && window.cabinet !== undefined,
    perform: (context) => copy(context, (uuid) => `model-cabinet://function/${uuid}`),
  },
  {
    id: 'delete',
    label: ({ models }) => (models.count === 1 ? 'Delete' : `Delete ${countWords(models)} models`),
    icon: IconTrash,
    keys: { list: 'Delete' },
    danger: true,
    when: some,
    perform: async (context) => {
      const targets = await context.models.targets()
      if (countOf(targets) === 0) return
      context.leave()
      await deleteFunctions(targets, only(context)?.Name)
    },
  },
] as const satisfies readonly Action[]

async function exportModels(models: Models, As: ExportRequest['As']): Promise<void> {
  const prepared = await call(operations.prepareExport, { body: { ...choiceOf(await models.targets()), As } })
  if ('UUID' in prepared)
    await saveFromApi(`/admin/export/${prepared.UUID}`, `models-${new Date().toISOString().slice(0, 10)}.zip`)
}

/** Begins to edit the name where it is shown. */
function editName(): void {
  document.querySelector<HTMLElement>('[data-edit="name"]')?.click()
}
