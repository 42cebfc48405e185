import { readFile } from 'node:fs/promises'
import { z } from 'zod'

// The last line of `.ci/run`: what the runners' own reports say, and each failed step that has no report as one failure.

type Count = { passed: number; failed: number }

const Vitest = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  success: z.boolean(),
})

const Playwright = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.unknown()),
})

const readers: Record<string, () => Promise<Count>> = {
  async test() {
    const report = Vitest.parse(await readJson('reports/vitest.json'))
    if (report.numPendingTests > 0) console.log(`${report.numPendingTests} tests did not run here.`)
    // A file that could not even be loaded has no test of its own to fail.
    const failed = Math.max(report.numFailedTests, report.success ? 0 : 1)
    return { passed: report.numPassedTests, failed }
  },
  async e2e() {
    const { stats, errors } = Playwright.parse(await readJson('reports/e2e.json'))
    if (stats.skipped > 0) console.log(`${stats.skipped} tests of the window did not run here.`)
    if (stats.flaky > 0) console.log(`${stats.flaky} tests of the window passed at the second try only: see its list.`)
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length }
  },
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}

const failedSteps = new Set(process.argv.slice(2))
const total: Count = { passed: 0, failed: 0 }
for (const [step, read] of Object.entries(readers)) {
  const count = await read().catch((error: unknown) => {
    console.log(`The step ${step} left no report: ${error instanceof Error ? error.message : error}`)
    return { passed: 0, failed: 1 }
  })
  if (failedSteps.delete(step)) count.failed = Math.max(count.failed, 1)
  total.passed += count.passed
  total.failed += count.failed
}
total.failed += failedSteps.size
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
