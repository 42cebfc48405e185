import type { Page } from '@playwright/test'

/**
 * Drops files of this machine on the page as a person does: the browser itself makes the drag events, with real files that have
 * their paths.
 */
export async function dropFiles(page: Page, files: string[], at = { x: 640, y: 400 }): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  }
  await session.detach()
}
