import { join } from 'node:path'
import { app, protocol } from 'electron'
import { rendererFile } from '../http/renderer-files.ts'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://cabinet`

/** Before `ready`: the window's own scheme is a secure, standard one with storage and fetch of its own, as https would be. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** After `ready`: answers for the window's files, and for nothing else. */
export function serveAppScheme(): void {
  const root = join(app.getAppPath(), 'out', 'renderer')
  protocol.handle(APP_SCHEME, async ({ url, method }) => {
    const { host, pathname } = new URL(url)
    const file = method === 'GET' && `${APP_SCHEME}://${host}` === APP_ORIGIN && (await rendererFile(root, pathname))
    if (!file) return new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain' } })
    return new Response(new Uint8Array(file.body), { headers: file.headers })
  })
}
