import {
  IconActivity,
  IconArrowLeft,
  IconArrowRight,
  IconCommand,
  IconDatabase,
  IconDeviceDesktop,
  IconEye,
  IconFileImport,
  IconFolderDown,
  IconFolderPlus,
  IconFolderSearch,
  IconKey,
  IconKeyboard,
  IconLink,
  IconMoon,
  IconPackageExport,
  IconSearch,
  IconSettings,
  IconShieldCheck,
  IconSparkles,
  IconSun,
  IconTrash,
} from '@tabler/icons-react'
import { type MenuCommand, menuActions, menuKeyOf } from '../../src-contract/contract/desktop/menu-actions.ts'
import { operations } from '../../src-contract/operations/operations.ts'
import { placeIcons } from '../components/layout/place-icons.ts'
import { call } from '../lib/api/client.ts'
import { saveFromApi } from '../lib/api/save-from-api.ts'
import { focusSearch } from '../lib/hooks/focus-search.ts'
import { dialogs, type ImportWay } from '../lib/state/dialogs.ts'
import { places } from '../lib/state/listing-search.ts'
import type { Action, Context } from './action.ts'
import { isMac } from './keys.ts'

/** An action that the native menu has too. */
function shared<Id extends MenuCommand>(id: Id, action: Pick<Action, 'icon' | 'keys' | 'perform'>) {
  const { label, key } = menuActions[id]
  const menuKey = menuKeyOf(id, isMac())
  return {
    ...action,
    id,
    label,
    keys: { ...action.keys, ...(key !== undefined && { anywhere: key }) },
    menuKey: menuKey === key ? undefined : menuKey,
  }
}

const importFrom = (importWay: ImportWay) => () => dialogs.setState({ import: true, importWay })
const toSettings = ({ navigate }: Context) => navigate({ to: '/settings' })

/** Begins long work and shows how far it is. */
const begin = (start: () => Promise<unknown>) => async () => {
  await start()
  dialogs.setState({ activity: true })
}

/** Where one can go. */
export const goActions = [
  ...places.map(({ id, label, search }) =>
    id === 'all'
      ? shared('show-all', { icon: placeIcons.all, perform: ({ navigate }) => navigate({ to: '/', search }) })
      : {
          id: `show-${id}` as const,
          label,
          icon: placeIcons[id],
          perform: ({ navigate }: Context) => navigate({ to: '/', search }),
        },
  ),
  { id: 'show-trash', label: 'Trash', icon: IconTrash, perform: ({ navigate }) => navigate({ to: '/trash' }) },
  shared('settings', { icon: IconSettings, perform: toSettings }),
  shared('go-back', { icon: IconArrowLeft, keys: { page: 'Escape' }, perform: ({ back }) => back() }),
  shared('go-forward', { icon: IconArrowRight, perform: ({ forward }) => forward() }),
] as const satisfies readonly Action[]

/** What can be done from any screen. */
export const windowActions = [
  shared('import', { icon: IconFileImport, perform: () => dialogs.setState({ import: true }) }),
  {
    id: 'import-folder',
    label: 'Import a folder…',
    icon: IconFolderDown,
    when: ({ can }) => can('/admin/import'),
    perform: importFrom('folder'),
  },
  {
    id: 'import-url',
    label: 'Import from a URL…',
    icon: IconLink,
    when: ({ can }) => can('/functions/link'),
    perform: importFrom('address'),
  },
  {
    id: 'quick-look',
    label: 'Quick look at a file…',
    icon: IconEye,
    when: ({ can }) => can('/admin/inspect'),
    perform: importFrom('look'),
  },
  shared('search', { icon: IconSearch, perform: ({ navigate }) => focusSearch(navigate) }),
  shared('palette', { icon: IconCommand, perform: () => dialogs.setState(({ palette }) => ({ palette: !palette })) }),
  shared('new-catalogue', { icon: IconFolderPlus, perform: () => dialogs.setState({ newCatalogue: true }) }),
  shared('activity', { icon: IconActivity, perform: () => dialogs.setState({ activity: true }) }),
  {
    id: 'verify',
    label: 'Verify every file',
    icon: IconShieldCheck,
    perform: begin(() => call(operations.verifyCabinet, {})),
  },
  {
    id: 'examples',
    label: 'Add example models',
    icon: IconSparkles,
    perform: begin(() => call(operations.importExamples, {})),
  },
  {
    id: 'export-cabinet',
    label: 'Export the whole cabinet…',
    icon: IconPackageExport,
    perform: () => saveFromApi('/admin/export', 'model-cabinet-export.zip'),
  },
  { id: 'backup', label: 'Back up or restore…', icon: IconDatabase, perform: toSettings },
  { id: 'watch', label: 'Watch a folder…', icon: IconFolderSearch, perform: toSettings },
  { id: 'token', label: 'Create an access token…', icon: IconKey, perform: toSettings },
  { id: 'light', label: 'Light theme', icon: IconSun, perform: ({ setTheme }) => setTheme('light') },
  { id: 'dark', label: 'Dark theme', icon: IconMoon, perform: ({ setTheme }) => setTheme('dark') },
  { id: 'system', label: 'System theme', icon: IconDeviceDesktop, perform: ({ setTheme }) => setTheme('system') },
  shared('keys', { icon: IconKeyboard, perform: () => dialogs.setState({ keys: true }) }),
] as const satisfies readonly Action[]
