import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { safeHeaders } from '../api/middleware/safe-headers.ts'

/** Stands in the built page wherever the nonce of the response belongs. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__'

const mimeTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.onnx': 'application/x-onnx',
  '.txt': 'text/plain; charset=utf-8',
}

export type RendererFile = { headers: Record<string, string>; body: Buffer }

/**
 * Reads a file of the built window for a response of its own: the page comes with a fresh nonce and the policy that names it.
 * @param root the folder `out/renderer`
 * @param path the path of the URL, still percent-encoded
 * @returns undefined where there is no such file; nothing outside the root is ever one
 */
export async function rendererFile(root: string, path: string): Promise<RendererFile | undefined> {
  const segments = decodedSegments(path === '/' ? '/index.html' : path)
  if (segments === undefined) return undefined
  const type = mimeTypes[extname(segments.at(-1) ?? '')]
  if (type === undefined) return undefined
  let body: Buffer
  try {
    body = await readFile(join(root, ...segments))
  } catch {
    return undefined
  }
  if (!type.startsWith('text/html')) {
    // Vite names these by their content.
    const cache = segments[0] === 'assets' ? 'public, max-age=31536000, immutable' : 'no-cache'
    return { headers: { ...safeHeaders, 'Content-Type': type, 'Cache-Control': cache }, body }
  }
  return guardedPage(body.toString('utf8'))
}

/** The page with a fresh nonce and the policy that names it. */
export function guardedPage(html: string, policy = contentSecurityPolicy): RendererFile {
  const nonce = randomBytes(16).toString('base64')
  return {
    headers: {
      ...safeHeaders,
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy(nonce),
    },
    body: Buffer.from(html.replaceAll(NONCE_PLACEHOLDER, nonce)),
  }
}

/** Nothing but the app's own files; style elements need the nonce, since Mantine writes some at run time. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** @returns undefined for what is no plain path below a folder: `..`, an encoded slash, a drive letter, a broken escape. */
function decodedSegments(path: string): string[] | undefined {
  try {
    const segments = path.split('/').slice(1).map(decodeURIComponent)
    const plain = segments.every((segment) => /^[\w@~-][\w@~. -]*$/.test(segment))
    return plain ? segments : undefined
  } catch {
    return undefined
  }
}
