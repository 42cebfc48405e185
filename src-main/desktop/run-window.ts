import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, shell } from 'electron'
import { bridgeNews } from '../../src-contract/bridge-channel.ts'
import { supervise } from '../processes/supervisor.ts'
import { declareAppScheme, serveAppScheme } from './app-scheme.ts'
import type { Command } from './arguments.ts'
import { connectCabinet } from './connect-cabinet.ts'
import { denyPermissions } from './deny-permissions.ts'
import { guardNavigation } from './guard-navigation.ts'
import { handleCalls } from './handle-calls.ts'
import { installMenu } from './menu.ts'
import { loadsStore } from './node-program.ts'
import { openExternal } from './open-external.ts'
import { beFirst } from './single-instance.ts'
import { createDesktopSpawn } from './spawn-desktop.ts'
import { openWindow } from './window.ts'

/** The desktop app, as the list of what is switched on. */
export function runWindow({ dataDirectory, port, paths }: Extract<Command, { name: 'window' }>): void {
  // Chromium's own files lie inside the data folder, so that there is one window on each.
  const userData = join(dataDirectory, 'window')
  mkdirSync(userData, { recursive: true, mode: 0o700 })
  app.setPath('userData', userData)
  if (!beFirst(paths, showWindow)) return

  declareAppScheme()

  const ready = app.whenReady()
  const spawn = createDesktopSpawn()
  // A Node child is forked before `ready`: later it would inherit sockets of Chromium's processes. A utility process cannot be.
  const mayStart = loadsStore() ? ready : Promise.resolve()
  const cabinet = supervise({
    connect: async (signal) => {
      await mayStart
      return connectCabinet({ spawn, dataDirectory, port, signal })
    },
  })

  const tell = (channel: string, news: unknown) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channel, news)
  }
  const openLink = async (url: string) => {
    const { endpoint } = await cabinet.get()
    // A page that asks for anything else is refused without a word.
    await openExternal(url, endpoint.url).catch(() => {})
  }

  cabinet.onState((state) => {
    tell(bridgeNews.supervisor, state)
    if (state.state === 'ready') {
      void cabinet.get().then((door) => door.onEvent((event) => tell(bridgeNews.event, event)))
    }
  })

  guardNavigation(openLink)

  void ready.then(() => {
    serveAppScheme()
    denyPermissions()
    handleCalls(cabinet)
    installMenu({
      command: (command) => tell(bridgeNews.menuCommand, command),
      openDocumentation: async () => {
        const { endpoint } = await cabinet.get()
        if (endpoint.url !== null) await openLink(`${endpoint.url}/openapi.html`)
      },
      showDataFolder: () => shell.openPath(dataDirectory),
    })
    showWindow(paths)
    app.on('activate', () => showWindow([]))
  })

  app.on('window-all-closed', () => app.quit())
  app.on('open-file', (event, path) => {
    event.preventDefault()
    void ready.then(() => showWindow([path]))
  })
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void cabinet.close().finally(() => {
      closed = true
      // Not within this event, where Electron would take the second request to quit for the first.
      setImmediate(() => app.quit())
    })
  })

  function showWindow(opened: string[]): void {
    const [existing] = BrowserWindow.getAllWindows()
    const window = existing ?? openWindow()
    if (existing) {
      if (existing.isMinimized()) existing.restore()
      existing.focus()
    }
    if (opened.length === 0) return
    const hand = () => window.webContents.send(bridgeNews.openPaths, opened)
    if (window.webContents.isLoading()) window.webContents.once('did-finish-load', hand)
    else hand()
  }
}
