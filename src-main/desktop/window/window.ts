import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme } from 'electron'
import { APP_ORIGIN } from './app-scheme.ts'
import { iconFile } from './icon-file.ts'
import { applyRememberedTheme } from './theme.ts'
import { rememberBounds, rememberedBounds } from './window-state.ts'

/** Opens the window. The page gets the bridge of src-preload and nothing else of the machine. */
export function openWindow(): BrowserWindow {
  applyRememberedTheme()
  const { bounds, maximized } = rememberedBounds()
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    title: app.getName(),
    // Elsewhere the program's own icon is taken.
    ...(process.platform === 'linux' && { icon: iconFile() }),
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#141817' : '#ffffff',
    webPreferences: {
      preload: join(app.getAppPath(), 'out', 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      devTools: !app.isPackaged,
      spellcheck: false,
    },
  })
  rememberBounds(window)
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  void window.loadURL(`${APP_ORIGIN}/`)
  return window
}
