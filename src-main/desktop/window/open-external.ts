import { shell } from 'electron'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'

/**
 * Opens a page in the browser: https addresses, and pages of this cabinet's own port. Everything else that a system would start
 * (file:, mailto:, a program's own scheme) is refused.
 * @param ownUrl address of the cabinet's own port
 * @throws Problem `forbidden`
 */
export async function openExternal(url: string, ownUrl: string | null): Promise<void> {
  if (!isPage(url, ownUrl)) throw new Problem('forbidden', 'Only https pages are opened in the browser.')
  await shell.openExternal(new URL(url).href)
}

function isPage(url: string, ownUrl: string | null): boolean {
  let address: URL
  try {
    address = new URL(url)
  } catch {
    return false
  }
  if (address.username !== '' || address.password !== '') return false
  return address.protocol === 'https:' || (ownUrl !== null && address.origin === new URL(ownUrl).origin)
}
