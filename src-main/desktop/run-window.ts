import { app, BrowserWindow, ipcMain } from 'electron'
import { bridgeChannels, bridgeNews } from '../../src-contract/contract/desktop/bridge-channel.ts'
import type { Command, Opened } from './arguments.ts'
import { functionOfLink } from './deep-link.ts'
import { beFirst } from './single-instance.ts'
import { declareAppScheme, serveAppScheme } from './window/app-scheme.ts'
import { denyPermissions } from './window/deny-permissions.ts'
import { guardNavigation } from './window/guard-navigation.ts'
import { makeWindowFolder } from './window/make-window-folder.ts'
import { openWindow } from './window/window.ts'

/** Milliseconds until the rest follows although the window shows nothing: other programs wait for the cabinet too. */
const LONGEST_WAIT = 1_000

/**
 * The desktop app up to its window, with no more than that needs, for the person waits for it; what the window can ask for
 * (run-desktop.ts) and the cabinet follow when its page was painted.
 */
export function runWindow({ dataDirectory, port, opened }: Extract<Command, { name: 'window' }>): void {
  const userData = makeWindowFolder(dataDirectory)
  app.setPath('userData', userData)
  if (!beFirst(opened, showWindow)) return

  declareAppScheme()

  const desktop = app.whenReady().then(async () => {
    serveAppScheme()
    denyPermissions()
    guardNavigation((url) => void desktop.then(({ openLink }) => openLink(url)))
    showWindow(opened)
    // Whatever this process does before the first frame is on the screen, that frame waits for.
    await untilLate((resolve) => ipcMain.once(bridgeChannels.painted, resolve))
    const { runDesktop } = await import('./run-desktop.ts')
    return runDesktop({ dataDirectory, port, userData, showWindow })
  })

  app.on('activate', () => showLater({ paths: [], functionUuid: undefined }))
  app.on('window-all-closed', () => app.quit())
  app.on('open-file', (event, path) => {
    event.preventDefault()
    showLater({ paths: [path], functionUuid: undefined })
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    showLater({ paths: [], functionUuid: functionOfLink(link) })
  })
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void desktop
      .then(({ close }) => close())
      .finally(() => {
        closed = true
        // Not within this event, where Electron would take the second request to quit for the first.
        setImmediate(() => app.quit())
      })
  })

  function showLater(what: Opened): void {
    void desktop.then(() => showWindow(what))
  }

  function showWindow({ paths, functionUuid }: Opened): BrowserWindow {
    const [existing] = BrowserWindow.getAllWindows()
    const window = existing ?? openWindow()
    if (existing) {
      if (existing.isMinimized()) existing.restore()
      existing.show()
      existing.focus()
    }
    const { webContents } = window
    const hand = () => {
      if (paths.length > 0) webContents.send(bridgeNews.openPaths, paths)
      if (functionUuid !== undefined) webContents.send(bridgeNews.openFunction, functionUuid)
    }
    if (webContents.isLoading()) webContents.once('did-finish-load', hand)
    else hand()
    return window
  }
}

/** Resolves when what is waited for has come, or when that takes too long. */
function untilLate(listen: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    listen(resolve)
    setTimeout(resolve, LONGEST_WAIT)
  })
}
