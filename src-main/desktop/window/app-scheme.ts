import { join } from 'node:path'
import { app, type ProtocolRequest, type ProtocolResponse, protocol } from 'electron'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://cabinet`

/** Before `ready`: the window's own scheme is a secure, standard one with storage and fetch of its own, as https would be. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/**
 * After `ready`: answers for the window's files, and for nothing else. With buffers, as `protocol.handle` wraps exactly this in streams,
 * which the first paint would wait for.
 */
export function serveAppScheme(): void {
  const root = join(app.getAppPath(), 'out', 'renderer')
  protocol.registerBufferProtocol(APP_SCHEME, (request, answer) => {
    void respond(root, request).then(answer, () => answer(notFound))
  })
}

const notFound: ProtocolResponse = {
  statusCode: 404,
  headers: { 'Content-Type': 'text/plain' },
  data: Buffer.from('Not found'),
}

async function respond(root: string, { url, method }: ProtocolRequest): Promise<ProtocolResponse> {
  // Loaded while the window's process starts, which nothing here must hold up.
  const { rendererFile } = await import('../../http/renderer-files.ts')
  const { host, pathname } = new URL(url)
  const file = method === 'GET' && `${APP_SCHEME}://${host}` === APP_ORIGIN && (await rendererFile(root, pathname))
  if (!file) return notFound
  const data = pathname === '/' ? await withStartUpPreview(file.body) : file.body
  return { headers: file.headers, data }
}

async function withStartUpPreview(page: Buffer): Promise<Buffer> {
  const { startUpPreviewElement } = await import('./start-up-preview.ts')
  const element = await startUpPreviewElement()
  return Buffer.from(page.toString('utf8').replace('<div id="root">', (root) => element + root))
}
