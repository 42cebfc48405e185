import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../src-contract/contract/desktop/bridge.ts'
import type { RecentModels } from './recent-models.ts'

type MenuActions = {
  /** Has the window do it. */
  command(command: MenuCommand): void
  openDocumentation(): void
  showDataFolder(): void
  openFunction(uuid: string): void
  recent: RecentModels
}

/** The native menu: the system's own roles, and the app's commands with their keys. */
export function installMenu({ command, openDocumentation, showDataFolder, openFunction, recent }: MenuActions): void {
  const item = (label: string, asked: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => command(asked),
    ...(accelerator !== undefined && { accelerator }),
  })
  const mac = process.platform === 'darwin'
  const settings = item('Settings…', 'settings', 'CmdOrCtrl+,')
  const separator: MenuItemConstructorOptions = { type: 'separator' }

  const appMenu: MenuItemConstructorOptions = {
    label: app.getName(),
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  }
  const recentModels: MenuItemConstructorOptions = {
    label: 'Recent models',
    enabled: recent.all.length > 0,
    submenu: [
      // An ampersand would mark a key of the menu.
      ...recent.all.map(({ uuid, name }) => ({ label: name.replaceAll('&', '&&'), click: () => openFunction(uuid) })),
      separator,
      { label: 'Clear the list', click: recent.clear },
    ],
  }
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      item('Import…', 'import', 'CmdOrCtrl+I'),
      item('New catalogue…', 'new-catalogue', 'CmdOrCtrl+Shift+N'),
      separator,
      recentModels,
      { label: 'Show data folder', click: showDataFolder },
      ...(mac ? [separator, { role: 'close' } as const] : [separator, settings, separator, { role: 'quit' } as const]),
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      item('All models', 'show-all', 'CmdOrCtrl+1'),
      item('Search', 'search', 'CmdOrCtrl+F'),
      item('Commands…', 'palette', 'CmdOrCtrl+K'),
      item('Activity', 'activity'),
      separator,
      item('Back', 'go-back', mac ? 'Cmd+[' : 'Alt+Left'),
      item('Forward', 'go-forward', mac ? 'Cmd+]' : 'Alt+Right'),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(app.isPackaged ? [] : [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      item('Keyboard shortcuts', 'keys'),
      { label: 'API documentation', click: openDocumentation },
      ...(mac ? [] : [separator, { role: 'about' } as const]),
    ],
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...(mac ? [appMenu] : []), file, { role: 'editMenu' }, view, { role: 'windowMenu' }, help]),
  )
}
