import { join } from 'node:path'
import { app, protocol } from 'electron'

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
    // Loaded while the window's process starts, which nothing here must hold up.
    const { rendererFile } = await import('../http/renderer-files.ts')
    const { host, pathname } = new URL(url)
    const file = method === 'GET' && `${APP_SCHEME}://${host}` === APP_ORIGIN && (await rendererFile(root, pathname))
    if (!file) return new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain' } })
    const body = pathname === '/' ? await withLastSeen(file.body) : file.body
    return new Response(new Uint8Array(body), { headers: file.headers })
  })
}

async function withLastSeen(page: Buffer): Promise<Buffer> {
  const { lastSeenElement } = await import('./last-seen.ts')
  const element = await lastSeenElement()
  return Buffer.from(page.toString('utf8').replace('<div id="root">', (root) => element + root))
}
