import { join } from 'node:path'
import { app, BrowserWindow, Notification, shell } from 'electron'
import { bridgeNews } from '../../src-contract/contract/desktop/bridge-channel.ts'
import type { MenuCommand } from '../../src-contract/contract/desktop/menu-actions.ts'
import { supervise } from '../processes/supervisor.ts'
import { announceEnds } from './announce-ends.ts'
import type { Opened } from './arguments.ts'
import { forgetDragged } from './calls/drag-out.ts'
import { handleCalls } from './calls/handle-calls.ts'
import { connectCabinet } from './connect-cabinet.ts'
import { LINK_SCHEME } from './deep-link.ts'
import { installMenu } from './menu.ts'
import { keepRecentModels } from './recent-models.ts'
import { openExternal } from './window/open-external.ts'
import { watchPages } from './window/watch-pages.ts'

type Options = {
  dataDirectory: string
  port: number | undefined
  userData: string
  showWindow: (opened: Opened) => void
}

/** What the desktop app does behind its window, as the list of what is switched on. */
export function runDesktop({ dataDirectory, port, userData, showWindow }: Options) {
  const cabinet = supervise({ connect: (signal) => connectCabinet({ dataDirectory, port, signal }) })

  const tell = (channel: string, news: unknown) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channel, news)
  }
  const openLink = async (url: string) => {
    const { endpoint } = await cabinet.get()
    // A page that asks for anything else is refused without a word.
    await openExternal(url, endpoint.url).catch(() => {})
  }
  const showFunction = (functionUuid: string) => showWindow({ paths: [], functionUuid })
  const recent = keepRecentModels(join(userData, 'recent-models.json'), cabinet, () => menu())
  const ends = announceEnds(
    cabinet,
    () => BrowserWindow.getFocusedWindow() !== null,
    (news) => {
      const notice = new Notification(news)
      notice.on('click', () => {
        showWindow({ paths: [], functionUuid: undefined })
        tell(bridgeNews.menuCommand, 'activity' satisfies MenuCommand)
      })
      notice.show()
    },
  )

  handleCalls(cabinet, dataDirectory)
  cabinet.onState((state) => {
    tell(bridgeNews.supervisor, state)
    if (state.state !== 'ready') return
    void cabinet.get().then((link) =>
      link.onEvent((event) => {
        tell(bridgeNews.event, event)
        void ends.hear(event)
        // A cabinet that ends meanwhile is no matter for a menu.
        recent.hear(event).catch(() => {})
      }),
    )
  })
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
  menu()
  forgetDragged()
  // In development every start of any Electron would become the one that links open.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)

  return { openLink, close: () => cabinet.close() }
}
