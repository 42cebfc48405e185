import type { Page } from '@playwright/test'
import { functionModels } from '../harness/function-models.ts'
import { openModel } from '../harness/import-models.ts'
import { expect, test } from '../harness/journey.ts'

test.use({ models: functionModels })

/** A picture of one red pixel. */
const redPixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)

/** Opens *Try it* of a model. @returns its button *Run* */
async function openTry(page: Page, name: string) {
  await openModel(page, name)
  await page.getByRole('main').getByRole('tab', { name: 'Try it' }).click()
  return page.getByRole('main').getByRole('button', { name: 'Run', exact: true })
}

test('a model runs on random inputs by one click', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
  const run = await openTry(page, 'silero_vad_v5')
  await shots.take('function-try')
  await run.click()
  await expect(main.getByRole('region', { name: 'stateN', exact: true })).toContainText('2×1×128', { timeout: 20_000 })
  await expect(main.getByText(/^Ran in/)).toBeVisible()
  await shots.take('function-try-outputs')
})

test('a value that is not JSON is refused with the name of its input, and a valid one runs', async ({
  scene: { page },
}) => {
  const main = page.getByRole('main')
  const run = await openTry(page, 'silero_vad_v5')
  const rate = main.getByRole('group', { name: /^sr/ })
  await rate.getByRole('textbox').fill('16 000')
  await run.click()
  await expect(main.getByRole('alert')).toContainText('The values of sr are not valid JSON.')
  await rate.getByRole('textbox').fill('16000')
  await run.click()
  await expect(main.getByRole('region', { name: 'stateN', exact: true })).toBeVisible({ timeout: 20_000 })
})

test('a benchmark is watched, stopped and finished', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
  await openTry(page, 'silero_vad_v5')
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
})

test('a picture is converted to the shape of the model and run', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
  const run = await openTry(page, 'classifier')
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
})
