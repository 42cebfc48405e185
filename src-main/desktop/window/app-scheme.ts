/// <reference types="vite/types/importMeta.d.ts" />
import { join } from 'node:path'
import { app, type ProtocolRequest, type ProtocolResponse, protocol } from 'electron'
import type { RendererFile } from '../../http/renderer-files.ts'

const APP_SCHEME = 'app'
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
  const { host, pathname, search } = new URL(url)
  if (method !== 'GET' || `${APP_SCHEME}://${host}` !== APP_ORIGIN) return notFound
  const file = await windowFile(root, pathname, search)
  if (!file) return notFound
  const data = pathname === '/' ? await withStartUpPreview(file.body) : file.body
  return { headers: file.headers, data }
}

/** Loaded while the window's process starts, which nothing here must hold up. */
async function windowFile(root: string, path: string, search: string): Promise<RendererFile | undefined> {
  // The build removes this branch: nothing but `npm run dev` can have the window load anything else.
  if (import.meta.env.DEV) {
    const { devServerFile } = await import('./dev-server.ts')
    return devServerFile(path + search)
  }
  const { rendererFile } = await import('../../http/renderer-files.ts')
  return rendererFile(root, path)
}

async function withStartUpPreview(page: Buffer): Promise<Buffer> {
  const { startUpPreviewElement } = await import('./start-up-preview.ts')
  const element = await startUpPreviewElement()
  return Buffer.from(page.toString('utf8').replace('<div id="root">', (root) => element + root))
}
