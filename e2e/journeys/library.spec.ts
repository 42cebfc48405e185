import type { Page } from '@playwright/test'
import { addCatalogue, ask, modelPath } from '../harness/ask.ts'
import { expect, test } from '../harness/journey.ts'
import { threeModels } from '../harness/three-models.ts'

test.use({ models: threeModels })

test('a model is found by a word of its documentation within its catalogue', async ({ scene: { page, shots } }) => {
  await addCatalogue(page, 'Audio', 'silero_vad_v5')
  await ask(page, 'PATCH', await modelPath(page, 'silero_vad_v5'), { Documentation: 'Tells *speech* from silence.' })
  await page.getByRole('navigation').getByRole('link', { name: /Audio/ }).click()
  const found = page.getByRole('row', { name: /silero_vad_v5/ })
  await expect(found).toBeVisible()
  await expect(page.getByRole('row', { name: /silero_vad/ })).toHaveCount(1)
  const search = page.getByRole('searchbox', { name: 'Search models' })
  await search.fill('silence')
  await expect(found).toBeVisible()
  await search.fill('no such model')
  await expect(page.getByText('Nothing matches “no such model”')).toBeVisible()
  await shots.take('nothing-found')
  await page.getByRole('button').filter({ hasText: 'Clear the search' }).click()
  await expect(found).toBeVisible()
})

test('a deleted model leaves the list', async ({ scene: { page, shots } }) => {
  const { notice, found } = await deleteFromPage(page)
  await expect(notice).toBeVisible()
  await expect(found).toBeHidden()
  // Its notice goes by itself, maybe before a slow picture: the test of Undo takes none.
  await shots.take('deleted')
})

test('a deleted model is brought back by Undo with its catalogue', async ({ scene: { page } }) => {
  const { notice, found } = await deleteFromPage(page)
  const places = page.getByRole('navigation')
  await notice.getByRole('button', { name: 'Undo' }).click()
  await expect(places.getByRole('link', { name: /Audio\s*1/ })).toBeVisible()
  await places.getByRole('link', { name: /All models/ }).click()
  await expect(found).toContainText('Audio')
})

test('duplicates are listed next to each other, and the kind of duplicate is in the URL', async ({
  scene: { page, shots },
}) => {
  const places = page.getByRole('navigation', { name: 'Places' })
  const grid = page.getByRole('grid', { name: 'Models' })
  const top = (await grid.boundingBox())?.y
  await places.getByRole('link', { name: /Duplicates/ }).click()
  await expect(places.locator('[aria-current="page"]')).toHaveText(/Duplicates\s*2/)
  await expect(page.getByText('All (2)')).toBeVisible()
  // No column's arrow says that the list is in its order, and the list begins where it began among all models.
  await expect(page.locator('[aria-sort]')).toHaveCount(0)
  expect((await grid.boundingBox())?.y).toBe(top)
  await expect(page.getByRole('row', { name: /First of a group of duplicates silero_vad_v/ })).toHaveCount(1)
  await expect(page.getByRole('row', { name: /Same structure as the model above silero_vad_v/ })).toHaveCount(1)
  await page.getByText('Same structure, different weights (2)').click()
  await expect(page).toHaveURL(/Duplicates=structure/)
  await expect(page.getByRole('status').filter({ hasText: '2 of 3' })).toBeVisible()
  await expect(places.locator('[aria-current="page"]')).toHaveText(/Duplicates/)
  await shots.take('duplicates')
})

test('the list is shown as cards', async ({ scene: { page, shots } }) => {
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await page.getByText('Cards', { exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('gridcell', { name: /silero_vad_legacy/ })).toBeVisible()
  await shots.take('cards')
})

test('a custom field is set on all models, filters them, and Undo takes it away', async ({
  scene: { page, shots },
}) => {
  const summary = (text: string) => page.getByRole('status').filter({ hasText: text })
  await page.getByRole('grid', { name: 'Models' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+a')
  await expect(page.getByRole('toolbar')).toContainText('3 selected')
  await page.keyboard.press('f')
  const editor = page.getByRole('dialog', { name: 'Set a custom field on 3 models' })
  await editor.getByRole('combobox', { name: 'Field' }).fill('stage')
  await editor.getByRole('textbox', { name: 'Value' }).fill('tested')
  await shots.take('set-field')
  await page.keyboard.press('Enter')
  await expect(page.getByText('stage was set on 3 models.')).toBeVisible()
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('menuitem', { name: 'Custom field' }).click()
  await page.getByRole('combobox', { name: 'Field' }).fill('stage')
  await page.getByRole('textbox', { name: 'Value' }).fill('tested')
  await page.getByRole('button', { name: 'Filter', exact: true }).last().click()
  await expect(summary('3 of 3')).toBeVisible()
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click()
  await expect(summary('0 of 3')).toBeVisible()
  await page.getByRole('button', { name: /Remove the filter stage/ }).click()
  await expect(summary('3 models')).toBeVisible()
})

/** Opens a model from its catalogue and deletes it. */
async function deleteFromPage(page: Page) {
  await addCatalogue(page, 'Audio', 'silero_vad_v5')
  const found = page.getByRole('row', { name: /silero_vad_v5/ })
  await page.getByRole('navigation').getByRole('link', { name: /Audio/ }).click()
  await found.getByRole('link', { name: 'silero_vad_v5' }).click()
  await page.getByRole('main').getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  return { notice: page.getByRole('alert').filter({ hasText: 'silero_vad_v5 moved to the trash' }), found }
}
