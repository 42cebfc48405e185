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
  // Windows of one machine take the focus from each other, and timing is part of what is tested.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list'], ['json', { outputFile: 'reports/e2e.json' }]],
  use: { trace: 'retain-on-failure' },
  projects: [
    { name: 'desktop', testMatch: ['**/desktop/*.spec.ts', '**/journeys/*.spec.ts'] },
    {
      name: 'browser',
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
