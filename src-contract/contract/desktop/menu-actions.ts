import { z } from 'zod'

/** What the native menu asks the window to do. */
export const MenuCommand = z.enum([
  'import',
  'new-catalogue',
  'settings',
  'show-all',
  'search',
  'palette',
  'activity',
  'go-back',
  'go-forward',
  'keys',
])
export type MenuCommand = z.infer<typeof MenuCommand>

type MenuAction = {
  /** The part of the native menu that has it. */
  menu: 'file' | 'settings' | 'view' | 'go' | 'help'
  label: string
  /** Its key in the window: `Mod` is Ctrl, or Cmd on a Mac; the last part is named as `KeyboardEvent.key`. */
  key?: string
  /** A key that only the native menu has, since browsers keep it for themselves. */
  menuKey?: string
  /** That key on a Mac, where it differs. */
  macMenuKey?: string
}

/** The actions that the native menu and the window share; the window adds what each does. */
export const menuActions: Readonly<Record<MenuCommand, MenuAction>> = {
  import: { menu: 'file', label: 'Import models…', key: 'Mod+I' },
  'new-catalogue': { menu: 'file', label: 'New catalogue…', menuKey: 'Mod+Shift+N' },
  settings: { menu: 'settings', label: 'Settings…', key: 'Mod+,' },
  'show-all': { menu: 'view', label: 'All models', menuKey: 'Mod+1' },
  search: { menu: 'view', label: 'Search', key: '/', menuKey: 'Mod+F' },
  palette: { menu: 'view', label: 'Command palette…', key: 'Mod+K' },
  activity: { menu: 'view', label: 'Activity' },
  'go-back': { menu: 'go', label: 'Back', menuKey: 'Alt+ArrowLeft', macMenuKey: 'Mod+[' },
  'go-forward': { menu: 'go', label: 'Forward', menuKey: 'Alt+ArrowRight', macMenuKey: 'Mod+]' },
  keys: { menu: 'help', label: 'Keyboard shortcuts', key: '?' },
}

/** The key that the native menu takes for a command. Keys without Ctrl or Cmd are left to the window, where people type. */
export function menuKeyOf(command: MenuCommand, mac: boolean): string | undefined {
  const { key, menuKey, macMenuKey } = menuActions[command]
  return (mac ? macMenuKey : undefined) ?? menuKey ?? (key?.startsWith('Mod+') ? key : undefined)
}
