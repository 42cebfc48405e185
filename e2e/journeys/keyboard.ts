import { expect, type Page } from '@playwright/test'
import type { Shots } from '../harness/shots.ts'

/** A library of three models is found, filtered, picked, filed and kept as a view, without the mouse. */
export async function keyboard(page: Page, shots: Shots): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Models' })
  const places = page.getByRole('navigation', { name: 'Places' })
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })

  // Search as you type, with the matches marked, then down into the list.
  await expect(row('silero_vad_v5')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('silero')
  await expect(page.getByRole('status').filter({ hasText: '3 of 3' })).toBeVisible()
  await expect(row('silero_vad_v5').locator('mark')).toHaveText('silero')
  await page.keyboard.press('ArrowDown')
  await expect(grid).toBeFocused()

  // The peek follows the arrow keys.
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  const peek = page.getByRole('complementary')
  await expect(peek.getByRole('heading', { level: 2 })).toHaveText(/silero_vad/)
  const first = await peek.getByRole('heading', { level: 2 }).textContent()
  await page.keyboard.press('ArrowDown')
  await expect(peek.getByRole('heading', { level: 2 })).not.toHaveText(first ?? '')
  await shots.take('peek')
  await page.keyboard.press('Space')
  await expect(peek).toBeHidden()

  // Pick two with Shift, file them, and take it back.
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByRole('toolbar')).toContainText('2 selected')
  await shots.take('selection')
  await page.keyboard.press('c')
  await page.getByRole('combobox', { name: 'Catalogue' }).fill('Speech')
  await page.keyboard.press('Enter')
  await expect(places.getByRole('link', { name: /Speech\s*2/ })).toBeVisible()
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click()
  await expect(places.getByRole('link', { name: /Speech\s*0/ })).toBeVisible()
  await grid.focus()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('toolbar')).toBeHidden()

  // A filter reads as a sentence, stands in the address, and becomes a view.
  await page.getByRole('searchbox').fill('')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('menuitem', { name: 'Size' }).click()
  await page.getByRole('textbox', { name: 'From, MB' }).fill('2')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove the filter Size from 2.0 MB' })).toBeVisible()
  await expect(page).toHaveURL(/Size=2000000-/)
  await expect(page.getByRole('status').filter({ hasText: '2 of 3' })).toBeVisible()
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Big')
  await page.keyboard.press('Enter')
  await expect(places.getByRole('link', { name: /Big\s*2/ })).toBeVisible()
  await shots.take('view')
  await page.getByRole('button', { name: /Remove the filter/ }).press('Delete')
  await expect(page.getByRole('status').filter({ hasText: '3 models' })).toBeVisible()

  // The palette reaches a model and a command; its tabs have keys; Escape goes back to the same row.
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('legacy')
  await expect(page.getByRole('option', { name: /silero_vad_legacy/ })).toBeVisible()
  await shots.take('palette')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /silero_vad_legacy/ })).toBeVisible()
  await page.keyboard.press('2')
  await expect(page.getByRole('tab', { name: 'Signature' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(grid).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(page.getByText(/healthy/).first()).toBeVisible()
  await shots.take('settings')
}
