import type { Page } from '@playwright/test'
import { expect, test } from '../harness/journey.ts'
import { threeModels } from '../harness/three-models.ts'

test.use({ models: threeModels })

test('a filter reads as a sentence, is in the URL, and is changed and removed by keys', async ({ scene: { page } }) => {
  await filterBySize(page)
  await expect(page.getByRole('button', { name: 'Remove the filter Size from 2.0 MB' })).toBeVisible()
  await expect(page).toHaveURL(/Size=2000000-/)
  await expect(page.getByRole('status').filter({ hasText: '2 of 3' })).toBeVisible()
  await page.getByRole('button', { name: 'Change the filter Size from 2.0 MB' }).press('Enter')
  await page.getByRole('textbox', { name: 'From, MB' }).fill('0.1')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/Size=100000-/)
  await page.getByRole('button', { name: /Remove the filter/ }).press('Delete')
  await expect(page.getByRole('button', { name: 'Add filter' })).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: '3 models' })).toBeVisible()
})

test('a filter is saved as a view with its count', async ({ scene: { page, shots } }) => {
  await saveView(page)
  await expect(view(page, /Big\s*2/)).toBeVisible()
  await shots.take('view')
  await expect(page.getByRole('button', { name: 'Save view' })).toBeHidden()
})

test('a view takes a new order, and Undo gives it back its own', async ({ scene: { page } }) => {
  await saveView(page)
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').press('Enter')
  await page.getByRole('button', { name: 'Update Big' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Update Big' })).toBeHidden()
  await undo(page, 'View Big updated.')
  await expect(page.getByRole('button', { name: 'Update Big' })).toBeVisible()
})

test('a view is renamed, removed and brought back', async ({ scene: { page } }) => {
  await saveView(page)
  await page.getByRole('button', { name: 'Actions for the view Big' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Rename' }).press('Enter')
  await page.getByRole('textbox', { name: 'New name of the view Big' }).fill('Large')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Actions for the view Large' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Remove' }).press('Enter')
  await expect(view(page, /Large/)).toBeHidden()
  await undo(page, 'View Large was removed.')
  await expect(view(page, /Large/)).toBeVisible()
})

const view = (page: Page, name: RegExp) => page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name })

const undo = (page: Page, notice: string) =>
  page.getByRole('alert').filter({ hasText: notice }).getByRole('button', { name: 'Undo' }).press('Enter')

async function filterBySize(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('menuitem', { name: 'Size' }).click()
  await page.getByRole('textbox', { name: 'From, MB' }).fill('2')
  await page.keyboard.press('Enter')
}

async function saveView(page: Page): Promise<void> {
  await filterBySize(page)
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Big')
  await page.keyboard.press('Enter')
  await expect(view(page, /Big/)).toBeVisible()
}
