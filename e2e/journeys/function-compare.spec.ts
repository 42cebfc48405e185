import { functionModels } from '../harness/function-models.ts'
import { openModel } from '../harness/import-models.ts'
import { expect, test } from '../harness/journey.ts'

test.use({ models: functionModels })

test.beforeEach(async ({ scene: { page } }) => {
  await openModel(page, 'silero_vad_v5')
  await page.getByRole('main').getByRole('button', { name: 'Compare' }).click()
})

test('two models are compared: a verdict, what differs, and how far their outputs differ', async ({
  scene: { page, shots },
}) => {
  const main = page.getByRole('main')
  // Models with a similar name are offered first.
  await main.getByRole('option', { name: /silero_vad_v6/ }).click()
  const verdict = main.getByRole('status').filter({ hasText: /28 of 345 initializers/ })
  await expect(verdict).toBeVisible({ timeout: 20_000 })
  await expect(main.getByRole('row', { name: /decoder.rnn.weight_ih.*changed/ }).first()).toBeVisible()
  await expect(main.getByRole('row', { name: /^Signature/ })).toBeHidden()
  await shots.take('function-compare')

  await main.getByText('Everything', { exact: true }).click()
  await expect(main.getByRole('row', { name: /^Signature same/ })).toBeVisible()

  await verdict.getByRole('button', { name: 'Try on random inputs' }).click()
  await expect(verdict).toContainText(/on the same random inputs the largest difference of its outputs is [\d.e-]+/, {
    timeout: 20_000,
  })
  await expect(main.getByRole('row', { name: /^Output output differs/ })).toBeVisible()
  await shots.take('function-compare-outputs')
  await main.getByRole('button', { name: 'Choose another' }).click()
  await expect(main.getByRole('combobox', { name: 'Compare silero_vad_v5 with' })).toBeVisible()
})

test('a model is found by its name and picked by arrow keys; a name that matches none picks nothing', async ({
  scene: { page },
}) => {
  const main = page.getByRole('main')
  const field = main.getByRole('combobox', { name: 'Compare silero_vad_v5 with' })
  const offered = main.getByRole('option')
  await field.fill('xylophone')
  await expect(offered).toHaveCount(0)
  await expect(main.getByText('Nothing matches “xylophone”.')).toBeVisible()
  await field.press('Enter')
  await expect(field).toBeVisible()

  // None is offered any more, so what is offered now was found.
  await field.fill('silero_vad')
  await expect(offered).not.toHaveCount(0)
  const last = offered.last()
  await expect(offered.first()).toHaveAttribute('aria-selected', 'true')
  await field.press('ArrowUp')
  await expect(last).toHaveAttribute('aria-selected', 'true')
  const name = (await last.textContent()) ?? ''
  await field.press('Enter')
  await expect(field).toBeHidden()
  expect(name).toContain((await main.getByRole('heading', { level: 2 }).first().getByRole('link').textContent()) ?? '?')
})
