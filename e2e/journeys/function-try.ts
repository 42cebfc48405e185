import { expect, type Page } from '@playwright/test'
import { openModel } from '../harness/import-models.ts'
import type { Shots } from '../harness/shots.ts'

/** A picture of one red pixel. */
const redPixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)

/** The first result is one click away; then own values, a picture, and a measurement that is watched and stopped. */
export async function functionTry(page: Page, shots: Shots): Promise<void> {
  const main = page.getByRole('main')
  const run = main.getByRole('button', { name: 'Run', exact: true })
  await openModel(page, 'silero_vad_v5')
  await main.getByRole('tab', { name: 'Try it' }).click()
  await shots.take('function-try')
  await run.click()
  await expect(main.getByRole('region', { name: 'stateN', exact: true })).toContainText('2×1×128', { timeout: 20_000 })
  await expect(main.getByText(/^Ran in/)).toBeVisible()
  await shots.take('function-try-outputs')

  // Values of one's own; what the model does not take is said in words.
  const rate = main.getByRole('group', { name: /^sr/ })
  await rate.getByRole('textbox').fill('16 000')
  await run.click()
  await expect(main.getByRole('alert')).toContainText('The values of sr are not valid JSON.')
  await rate.getByRole('textbox').fill('16000')
  await run.click()
  await expect(main.getByRole('region', { name: 'stateN', exact: true })).toBeVisible({ timeout: 20_000 })

  // A measurement: watched, stopped, then done.
  const benchmark = main.getByRole('region', { name: 'Benchmark' })
  await benchmark.getByRole('textbox', { name: 'Number of runs' }).fill('100000')
  await benchmark.getByRole('button', { name: 'Measure' }).click()
  await expect(benchmark.getByRole('img', { name: /^Times of/ })).toBeVisible({ timeout: 20_000 })
  await shots.take('function-try-measuring')
  await benchmark.getByRole('button', { name: 'Stop' }).click()
  await expect(benchmark.getByRole('button', { name: 'Stop' })).toBeHidden({ timeout: 20_000 })
  await benchmark.getByRole('textbox', { name: 'Number of runs' }).fill('20')
  await benchmark.getByRole('button', { name: 'Measure' }).click()
  await expect(benchmark).toContainText('p95', { timeout: 20_000 })

  // A picture becomes a tensor by the model's shape.
  await openModel(page, 'classifier')
  await main.getByRole('tab', { name: 'Try it' }).click()
  await main.getByText('File', { exact: true }).click()
  await expect(main.getByText('converted to 3 × 16 × 16, NCHW')).toBeVisible()
  await main.locator('input[type="file"]').setInputFiles({ name: 'red.png', mimeType: 'image/png', buffer: redPixel })
  await expect(main.getByText('red.png, 1×3×16×16')).toBeVisible()
  await expect(main.getByText('from 1×1, stretched to 16×16, RGB, values from 0 to 255')).toBeVisible()
  await expect(main.getByRole('img', { name: 'Preview of red.png' })).toBeVisible()
  await shots.take('function-try-picture')
  await run.click()
  await expect(
    main.getByRole('list', { name: /^Largest values/ }).or(main.getByRole('region', { name: /^scores/ })),
  ).toBeVisible({
    timeout: 20_000,
  })
}
