import type { Page } from '@playwright/test'

export type Shots = { take(name: string): Promise<void> }

/** Keeps a picture of each screen in e2e/shots, light and dark, to be looked at. */
export function createShots(page: Page, prefix: string): Shots {
  return {
    async take(name) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.screenshot({ path: `e2e/shots/${prefix}-${name}-${colorScheme}.png`, animations: 'disabled' })
      }
      await page.emulateMedia({ colorScheme: null, reducedMotion: null })
    },
  }
}
