import { contentSecurityPolicy, guardedPage, type RendererFile } from '../../http/renderer-files.ts'

/**
 * A file of the window from Vite's server (scripts/dev.ts). It goes through the app's own scheme, so that origin, guards and stored
 * settings are those of the real app.
 */
export async function devServerFile(path: string): Promise<RendererFile | undefined> {
  const server = new URL(process.env.ELECTRON_RENDERER_URL ?? '')
  const answer = await fetch(new URL(path, server))
  if (!answer.ok) return undefined
  const type = answer.headers.get('Content-Type') ?? ''
  if (type.startsWith('text/html')) return guardedPage(await answer.text(), (nonce) => devPolicy(nonce, server.host))
  const headers = { 'Content-Type': type, 'Cache-Control': 'no-store' }
  return { headers, body: Buffer.from(await answer.arrayBuffer()) }
}

/** As in the built app, and the script that Vite puts into the page, and the socket by which it hears of changes. */
function devPolicy(nonce: string, server: string): string {
  return contentSecurityPolicy(nonce)
    .replace("script-src 'self'", `script-src 'self' 'nonce-${nonce}'`)
    .replace("connect-src 'self'", `connect-src 'self' ws://${server}`)
}
