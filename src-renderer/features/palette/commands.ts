import { useMantineColorScheme } from '@mantine/core'
import {
  IconActivity,
  IconDatabase,
  IconDeviceDesktop,
  IconEye,
  IconFileImport,
  IconFilter,
  IconFolderDown,
  IconFolderPlus,
  IconFolderSearch,
  IconKey,
  IconKeyboard,
  IconLayoutGrid,
  IconLayoutSidebarRight,
  IconLink,
  IconListDetails,
  IconMoon,
  IconPackageExport,
  IconSearch,
  IconSettings,
  IconShieldCheck,
  IconSparkles,
  IconSun,
  IconTrash,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { operations } from '../../../src-contract/operations/operations.ts'
import { placeIcons } from '../../components/layout/place-icons.ts'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { call } from '../../lib/api/client.ts'
import { operationsQuery } from '../../lib/api/queries.ts'
import { saveFromApi } from '../../lib/api/save-from-api.ts'
import { focusSearch } from '../../lib/hooks/focus-search.ts'
import { tellProblem } from '../../lib/notices/notify.tsx'
import { dialogs, type ImportWay } from '../../lib/state/dialogs.ts'
import { layout } from '../../lib/state/layout.ts'
import { places } from '../../lib/state/listing-search.ts'
import { type Command, screenCommands } from '../../lib/state/screen-commands.ts'

/** Begins long work and shows how far it is. */
async function begin(start: () => Promise<unknown>): Promise<void> {
  try {
    await start()
    dialogs.setState({ activity: true })
  } catch (error) {
    tellProblem(sentenceOf(error))
  }
}

/** The ways of the import dialog; what the cabinet cannot do is not offered. */
const imports: readonly { way: ImportWay; label: string; icon: typeof IconSearch; needs: string }[] = [
  { way: 'folder', label: 'Import a folder…', icon: IconFolderDown, needs: '/admin/import' },
  { way: 'address', label: 'Import from an address…', icon: IconLink, needs: '/functions/link' },
  { way: 'look', label: 'Quick look at a file…', icon: IconEye, needs: '/admin/inspect' },
]

/** What can be done with what is shown, then every command that makes sense from any screen. */
export function useCommands(): Command[] {
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const views = useStore(layout, (state) => state.views)
  const offers = useStore(screenCommands, (state) => state.offers)
  const available = useQuery(operationsQuery)
  const look = (scheme: 'auto' | 'light' | 'dark') => () => {
    setColorScheme(scheme)
    void window.cabinet?.setTheme(scheme === 'auto' ? 'system' : scheme)
  }
  return [
    ...offers.flatMap((offer) => offer()),
    {
      id: 'import',
      label: 'Import models…',
      icon: IconFileImport,
      keys: ['Mod', 'I'],
      run: () => dialogs.setState({ import: true }),
    },
    ...imports
      .filter(({ needs }) => available.data?.has(needs))
      .map(({ way, label, icon }) => ({
        id: `import ${way}`,
        label,
        icon,
        run: () => dialogs.setState({ import: true, importWay: way }),
      })),
    { id: 'find', label: 'Search', icon: IconSearch, keys: ['/'], run: () => focusSearch(navigate) },
    ...places.map(({ id, label, search }) => ({
      id,
      label: `Go to ${label}`,
      icon: placeIcons[id],
      run: () => void navigate({ to: '/', search }),
    })),
    { id: 'trash', label: 'Go to Trash', icon: IconTrash, run: () => void navigate({ to: '/trash' }) },
    {
      id: 'settings',
      label: 'Settings',
      icon: IconSettings,
      keys: ['Mod', ','],
      run: () => void navigate({ to: '/settings' }),
    },
    {
      id: 'peek',
      label: 'Show or hide the peek',
      icon: IconLayoutSidebarRight,
      keys: ['Space'],
      run: () => layout.setState(({ peek }) => ({ peek: !peek })),
    },
    {
      id: 'compact',
      label: 'Compact or roomy rows',
      icon: IconListDetails,
      run: () => layout.setState(({ compact }) => ({ compact: !compact })),
    },
    {
      id: 'cards',
      label: 'Models as a list or as cards',
      icon: IconLayoutGrid,
      run: () => layout.setState(({ look }) => ({ look: look === 'list' ? 'cards' : 'list' })),
    },
    {
      id: 'new-catalogue',
      label: 'New catalogue',
      icon: IconFolderPlus,
      run: () => dialogs.setState({ newCatalogue: true }),
    },
    ...views.map(({ id, name, search }) => ({
      id,
      label: `Go to the view ${name}`,
      icon: IconFilter,
      run: () => void navigate({ to: '/', search }),
    })),
    {
      id: 'activity',
      label: 'Show activity',
      icon: IconActivity,
      run: () => dialogs.setState({ activity: true }),
    },
    {
      id: 'verify',
      label: 'Verify every file',
      icon: IconShieldCheck,
      run: () => void begin(() => call(operations.verifyCabinet, {})),
    },
    {
      id: 'examples',
      label: 'Add the example models',
      icon: IconSparkles,
      run: () => void begin(() => call(operations.importExamples, {})),
    },
    {
      id: 'export',
      label: 'Export the whole cabinet as one zip',
      icon: IconPackageExport,
      run: () => void saveFromApi('/admin/export', 'model-cabinet-export.zip'),
    },
    { id: 'backup', label: 'Back up or restore…', icon: IconDatabase, run: () => void navigate({ to: '/settings' }) },
    { id: 'watch', label: 'Watch a folder…', icon: IconFolderSearch, run: () => void navigate({ to: '/settings' }) },
    { id: 'tokens', label: 'Make an access token…', icon: IconKey, run: () => void navigate({ to: '/settings' }) },
    { id: 'light', label: 'Light appearance', icon: IconSun, run: look('light') },
    { id: 'dark', label: 'Dark appearance', icon: IconMoon, run: look('dark') },
    { id: 'system', label: 'Appearance of the system', icon: IconDeviceDesktop, run: look('auto') },
    {
      id: 'keys',
      label: 'Show all keys',
      icon: IconKeyboard,
      keys: ['?'],
      run: () => dialogs.setState({ keys: true }),
    },
  ]
}
