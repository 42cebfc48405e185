import { app } from 'electron'
import { APP_ORIGIN } from './app-scheme.ts'

/**
 * Whatever a page tries: it stays on the app's own origin, opens no window and embeds no webview. A link to elsewhere is handed to
 * `openLink`, which checks it.
 */
export function guardNavigation(openLink: (url: string) => void): void {
  app.on('web-contents-created', (_, contents) => {
    // Of the main frame too; `will-navigate` is not emitted for what is prevented here.
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame && isOwn(event.url)) return
      event.preventDefault()
      if (event.isMainFrame) openLink(event.url)
    })
    contents.on('will-redirect', (event, url) => {
      if (!isOwn(url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openLink(url)
      return { action: 'deny' }
    })
  })
}

function isOwn(url: string): boolean {
  return url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`)
}
