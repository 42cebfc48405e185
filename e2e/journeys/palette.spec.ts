import type { Page } from '@playwright/test'
import { openModel } from '../harness/import-models.ts'
import { expect, test } from '../harness/journey.ts'
import { threeModels } from '../harness/three-models.ts'

test.use({ models: threeModels })

async function typeInPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(text)
  await expect(page.getByRole('combobox')).toHaveValue(text)
}

test('the palette finds a model by its name', async ({ scene: { page, shots } }) => {
  await typeInPalette(page, 'legacy')
  await expect(page.getByRole('option', { name: /silero_vad_legacy/ })).toBeVisible()
  await shots.take('palette')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /silero_vad_legacy/ })).toBeVisible()
})

test('the palette offers what can be done with the model that is shown, before a search for the word', async ({
  scene: { page },
}) => {
  await openModel(page, 'silero_vad_legacy')
  await typeInPalette(page, 'star')
  await expect(page.getByRole('option').first()).toContainText(/star/i)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove star' })).toBeVisible()
})

test('the palette selects all models and clears the selection', async ({ scene: { page } }) => {
  await typeInPalette(page, 'select all')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('toolbar')).toContainText('3 selected')
  await typeInPalette(page, 'clear')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('toolbar')).toBeHidden()
})

test('the tabs of a model have number keys, and Escape goes back to the list', async ({ scene: { page } }) => {
  const grid = page.getByRole('grid', { name: 'Models' })
  await openModel(page, 'silero_vad_legacy')
  await page.keyboard.press('2')
  await expect(page.getByRole('tab', { name: 'Signature' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(grid).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(grid).toBeFocused()
})
