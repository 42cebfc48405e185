import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** Debian's Chromium where there is one; else Playwright's own, by `npx playwright install chromium`. */
const systemChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
const root = process.getuid?.() === 0

/** Journeys of parts that only draw what they were given: they run in Electron, since nothing of them differs in a browser. */
const drawnAlike = [
  ...['columns', 'function-check', 'function-code', 'function-compare', 'function-graph', 'function-large-graph'],
  ...['library-overlays', 'page-overlays', 'palette', 'views'],
]

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // One worker each for the app and the browser: windows of one screen take the focus from each other.
  workers: 2,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  // A window that the system starves for a moment is not a fault of the app; `count-results` names what needed a second try.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list'], ['json', { outputFile: 'reports/e2e.json' }]],
  use: { trace: 'retain-on-failure' },
  projects: [
    { name: 'desktop', workers: 1, testMatch: ['**/desktop/*.spec.ts', '**/journeys/*.spec.ts'] },
    {
      name: 'browser',
      workers: 1,
      testMatch: ['**/browser/*.spec.ts', '**/journeys/*.spec.ts'],
      testIgnore: drawnAlike.map((name) => `**/journeys/${name}.spec.ts`),
      use: {
        browserName: 'chromium',
        viewport: { width: 1280, height: 800 },
        launchOptions: {
          ...(systemChromium !== undefined && { executablePath: systemChromium }),
          args: root ? ['--no-sandbox'] : [],
        },
      },
    },
  ],
})
