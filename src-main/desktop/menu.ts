import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { MenuCommand, menuActions, menuKeyOf } from '../../src-contract/contract/desktop/menu-actions.ts'
import type { RecentModels } from './recent-models.ts'

/** `Mod+Shift+N` in Electron's words. */
const acceleratorOf = (key: string) => key.replace('Mod', 'CmdOrCtrl').replace('Arrow', '')

type Options = {
  /** Has the window do it. */
  command(command: MenuCommand): void
  openDocumentation(): void
  showDataFolder(): void
  openFunction(uuid: string): void
  recent: RecentModels
}

/** The native menu: the system's own roles, what main does itself, and the actions that it shares with the window. */
export function installMenu({ command, openDocumentation, showDataFolder, openFunction, recent }: Options): void {
  const mac = process.platform === 'darwin'
  const shared = (menu: (typeof menuActions)[MenuCommand]['menu']): MenuItemConstructorOptions[] =>
    MenuCommand.options
      .filter((id) => menuActions[id].menu === menu)
      .map((id) => {
        const key = menuKeyOf(id, mac)
        const { label } = menuActions[id]
        return { label, click: () => command(id), ...(key !== undefined && { accelerator: acceleratorOf(key) }) }
      })
  const separator: MenuItemConstructorOptions = { type: 'separator' }

  const appMenu: MenuItemConstructorOptions = {
    label: app.getName(),
    submenu: [
      { role: 'about' },
      separator,
      ...shared('settings'),
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
      ...shared('file'),
      separator,
      recentModels,
      { label: 'Show data folder', click: showDataFolder },
      separator,
      ...(mac ? [{ role: 'close' } as const] : [...shared('settings'), separator, { role: 'quit' } as const]),
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      ...shared('view'),
      separator,
      ...shared('go'),
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
      ...shared('help'),
      { label: 'API documentation', click: openDocumentation },
      ...(mac ? [] : [separator, { role: 'about' } as const]),
    ],
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...(mac ? [appMenu] : []), file, { role: 'editMenu' }, view, { role: 'windowMenu' }, help]),
  )
}
