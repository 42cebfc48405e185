import { expect, type Page } from '@playwright/test'
import { openModel } from '../harness/import-models.ts'
import type { Shots } from '../harness/shots.ts'

/** May another model take this one's place? The verdict first, then what differs, then how far the outputs lie apart. */
export async function functionCompare(page: Page, shots: Shots): Promise<void> {
  const main = page.getByRole('main')
  await openModel(page, 'silero_vad_v5')
  await main.getByRole('button', { name: 'Compare' }).click()
  // Siblings by name are offered at once.
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
  const field = main.getByRole('combobox', { name: 'Compare silero_vad_v5 with' })
  const offered = main.getByRole('option')
  await field.fill('no such model')
  await expect(offered).toHaveCount(0)
  await expect(main.getByText('Nothing matches “no such model”.')).toBeVisible()
  await field.press('Enter')
  await expect(field).toBeVisible()

  // By keys alone: the arrows walk through what is offered, and Enter picks it.
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
}
