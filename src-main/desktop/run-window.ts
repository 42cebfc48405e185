import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, Notification, shell } from 'electron'
import { bridgeNews } from '../../src-contract/bridge-channel.ts'
import { supervise } from '../processes/supervisor.ts'
import { announceEnds } from './announce-ends.ts'
import { declareAppScheme, serveAppScheme } from './app-scheme.ts'
import type { Command, Opened } from './arguments.ts'
import { connectCabinet } from './connect-cabinet.ts'
import { denyPermissions } from './deny-permissions.ts'
import { forgetDragged } from './drag-out.ts'
import { guardNavigation } from './guard-navigation.ts'
import { handleCalls } from './handle-calls.ts'
import { functionOfLink, LINK_SCHEME } from './link.ts'
import { installMenu } from './menu.ts'
import { loadsStore } from './node-program.ts'
import { openExternal } from './open-external.ts'
import { keepRecentModels } from './recent-models.ts'
import { beFirst } from './single-instance.ts'
import { createDesktopSpawn } from './spawn-desktop.ts'
import { watchPages } from './watch-pages.ts'
import { openWindow } from './window.ts'

/** The desktop app, as the list of what is switched on. */
export function runWindow({ dataDirectory, port, opened }: Extract<Command, { name: 'window' }>): void {
  // Chromium's own files lie inside the data folder, so that there is one window on each.
  const userData = join(dataDirectory, 'window')
  mkdirSync(userData, { recursive: true, mode: 0o700 })
  app.setPath('userData', userData)
  if (!beFirst(opened, showWindow)) return

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
  const showFunction = (functionUuid: string) => showWindow({ paths: [], functionUuid })
  const recent = keepRecentModels(join(userData, 'recent-models.json'), cabinet, () => ready.then(menu))
  const ends = announceEnds(
    cabinet,
    () => BrowserWindow.getFocusedWindow() !== null,
    (news) => {
      const notice = new Notification(news)
      notice.on('click', () => showWindow({ paths: [], functionUuid: undefined }))
      notice.show()
    },
  )

  cabinet.onState((state) => {
    tell(bridgeNews.supervisor, state)
    if (state.state !== 'ready') return
    void cabinet.get().then((door) =>
      door.onEvent((event) => {
        tell(bridgeNews.event, event)
        void ends.hear(event)
        // A cabinet that ends meanwhile is no matter for a menu.
        recent.hear(event).catch(() => {})
      }),
    )
  })

  guardNavigation(openLink)
  watchPages((uuid) => {
    recent.visit(uuid).catch(() => {})
  })

  const menu = () =>
    installMenu({
      command: (command) => tell(bridgeNews.menuCommand, command),
      openDocumentation: async () => {
        const { endpoint } = await cabinet.get()
        if (endpoint.url !== null) await openLink(`${endpoint.url}/openapi.html`)
      },
      showDataFolder: () => shell.openPath(dataDirectory),
      openFunction: showFunction,
      recent,
    })

  void ready.then(() => {
    serveAppScheme()
    denyPermissions()
    handleCalls(cabinet, dataDirectory, ends)
    showWindow(opened)
    menu()
    forgetDragged()
    // In development every start of any Electron would become the one that links open.
    if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
    app.on('activate', () => showWindow({ paths: [], functionUuid: undefined }))
  })

  app.on('window-all-closed', () => app.quit())
  app.on('open-file', (event, path) => {
    event.preventDefault()
    void ready.then(() => showWindow({ paths: [path], functionUuid: undefined }))
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    void ready.then(() => showWindow({ paths: [], functionUuid: functionOfLink(link) }))
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

  function showWindow({ paths, functionUuid }: Opened): void {
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
  }
}
