import { useMantineColorScheme } from '@mantine/core'
import {
  IconDeviceDesktop,
  IconFileImport,
  IconKeyboard,
  IconLayoutSidebarRight,
  IconListDetails,
  IconMoon,
  IconSearch,
  IconSettings,
  IconStack2,
  IconSun,
  IconTrash,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { focusSearch } from '../../shell/focus-search.ts'
import { dialogs } from '../../state/dialogs.ts'
import { layout } from '../../state/layout.ts'
import { places } from '../../state/listing-search.ts'

/** Something that the window can be told to do. */
export type Command = { id: string; label: string; icon: typeof IconSearch; keys?: readonly string[]; run: () => void }

/** Every command that makes sense from any screen. */
export function useCommands(): Command[] {
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const look = (scheme: 'auto' | 'light' | 'dark') => () => {
    setColorScheme(scheme)
    void window.cabinet?.setTheme(scheme === 'auto' ? 'system' : scheme)
  }
  return [
    {
      id: 'import',
      label: 'Import models…',
      icon: IconFileImport,
      keys: ['Mod', 'I'],
      run: () => dialogs.setState({ import: true }),
    },
    { id: 'find', label: 'Search', icon: IconSearch, keys: ['/'], run: () => focusSearch(navigate) },
    ...places.map(({ id, label, search }) => ({
      id,
      label: `Show ${label.toLowerCase()}`,
      icon: IconStack2,
      run: () => void navigate({ to: '/', search }),
    })),
    { id: 'trash', label: 'Show the trash', icon: IconTrash, run: () => void navigate({ to: '/trash' }) },
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
