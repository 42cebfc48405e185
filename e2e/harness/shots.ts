import type { Page } from '@playwright/test'
import { expectAccessible } from './axe.ts'

export type Shots = { take(name: string): Promise<void> }

type Picture = { width: number; height: number; colorScheme: 'light' | 'dark' }

const usual = { width: 1280, height: 800 }
const large = { width: 1920, height: 1080 }

/** Milliseconds. Chromium now and then never hands over a picture it was asked for; asked again, it does. */
const PATIENCE = 30_000

/** The app is looked at in both sizes and both themes; the same screens in a browser need only show that nothing differs. */
const pictures: Record<'desktop' | 'browser', readonly Picture[]> = {
  desktop: [
    { ...usual, colorScheme: 'light' },
    { ...usual, colorScheme: 'dark' },
    { ...large, colorScheme: 'dark' },
    { ...large, colorScheme: 'light' },
  ],
  browser: [
    { ...usual, colorScheme: 'light' },
    { ...large, colorScheme: 'dark' },
  ],
}

/** Keeps pictures of each screen in e2e/shots, to be looked at, and has axe look at it in both themes; the window is then as it was. */
export function createShots(page: Page, kind: 'desktop' | 'browser'): Shots {
  return {
    async take(name) {
      const before = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }))
      for (const { width, height, colorScheme } of pictures[kind]) {
        await page.setViewportSize({ width, height })
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const path = `e2e/shots/${kind}-${name}-${width}-${colorScheme}.png`
        const picture = () => page.screenshot({ path, animations: 'disabled', timeout: PATIENCE })
        await picture().catch(picture)
        // Once a theme: the other size has the same parts.
        if (width === usual.width || kind === 'browser') await expectAccessible(page, `${name}, ${colorScheme}`)
      }
      await page.setViewportSize(before)
      await page.emulateMedia({ colorScheme: null, reducedMotion: null })
      // What follows the window's size has followed by the second frame.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    },
  }
}
