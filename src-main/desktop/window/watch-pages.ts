import { app, type WebContents, webContents } from 'electron'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
import { APP_ORIGIN } from './app-scheme.ts'

/** Hears of every function whose page the window shows, from the address of the page. */
export function watchPages(onFunction: (uuid: string) => void): void {
  const watch = (contents: WebContents) =>
    contents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
      if (!isMainFrame || !url.startsWith(`${APP_ORIGIN}/#/function/`)) return
      const uuid = Uuid.safeParse(new URL(url).hash.split(/[/?]/)[2])
      if (uuid.success) onFunction(uuid.data)
    })
  for (const contents of webContents.getAllWebContents()) watch(contents)
  app.on('web-contents-created', (_, contents) => watch(contents))
}
