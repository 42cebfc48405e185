import { addCatalogue } from '../harness/ask.ts'
import { expect, test } from '../harness/journey.ts'
import { threeModels } from '../harness/three-models.ts'

test.use({ models: threeModels })

// Everything here is done without the mouse.

test('what is typed into the search is marked in the names, and the arrow down leads into the list', async ({
  scene: { page },
}) => {
  const grid = page.getByRole('grid', { name: 'Models' })
  // Where nothing has the focus, keys are for the list.
  await page.keyboard.press('Home')
  await expect(grid).toBeFocused()
  await expect(page.locator('[data-current]')).toHaveAttribute('data-index', '0')
  await page.keyboard.press('/')
  await page.keyboard.type('silero')
  await expect(page.getByRole('status').filter({ hasText: '3 of 3' })).toBeVisible()
  await expect(page.getByRole('row', { name: /silero_vad_v5/ }).locator('mark')).toHaveText('silero')
  await page.keyboard.press('ArrowDown')
  await expect(grid).toBeFocused()
})

test('the peek follows the arrow keys', async ({ scene: { page, shots } }) => {
  const peek = page.getByRole('complementary')
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await expect(peek.getByRole('heading', { level: 2 })).toHaveText(/silero_vad/)
  const first = await peek.getByRole('heading', { level: 2 }).textContent()
  await page.keyboard.press('ArrowDown')
  await expect(peek.getByRole('heading', { level: 2 })).not.toHaveText(first ?? '')
  await shots.take('peek')
})

test('the current row stays at its model when a change moves that in the list', async ({ scene: { page } }) => {
  const grid = page.getByRole('grid', { name: 'Models' })
  const peek = page.getByRole('complementary')
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').press('Enter')
  await page.getByRole('button', { name: 'Sorted by: Size' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Last updated first' }).press('Enter')
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('End')
  await expect(page.locator('[data-current]')).toHaveAttribute('data-index', '2')
  const last = (await page.locator('[data-index="2"] a').textContent()) ?? ''
  await expect(peek.getByRole('heading', { level: 2 })).toHaveText(last)
  await page.keyboard.press('s')
  await expect(page.locator('[data-index="0"]')).toContainText(last)
  await expect(page.locator('[data-current]')).toHaveAttribute('data-index', '0')
  await expect(peek.getByRole('heading', { level: 2 })).toHaveText(last)
  await page.keyboard.press('s')
  await page.keyboard.press('Space')
  await expect(peek).toBeHidden()
})

test('models picked with Shift are filed, and Undo takes them out again', async ({ scene: { page, shots } }) => {
  const places = page.getByRole('navigation', { name: 'Places' })
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByRole('toolbar')).toContainText('2 selected')
  await shots.take('selection')
  await page.keyboard.press('c')
  // What is typed while the dialog opens is for its field, not for the list behind.
  await page.keyboard.type('Speech')
  await expect(page.getByRole('combobox', { name: 'Catalogue' })).toHaveValue('Speech')
  await page.keyboard.press('Enter')
  await expect(places.getByRole('link', { name: /Speech\s*2/ })).toBeVisible()
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click()
  await expect(places.getByRole('link', { name: /Speech\s*0/ })).toBeVisible()
  await expect(page.locator(':focus')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('toolbar')).toBeHidden()
})

test('a catalogue is renamed, deleted and brought back', async ({ scene: { page } }) => {
  const places = page.getByRole('navigation', { name: 'Places' })
  await addCatalogue(page, 'Speech')
  await places.getByRole('button', { name: 'Actions for Speech' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Rename' }).press('Enter')
  await page.getByRole('textbox', { name: 'New name of Speech' }).fill('Voices')
  await page.keyboard.press('Enter')
  await expect(places.getByRole('link', { name: /Voices/ })).toBeVisible()
  await places.getByRole('button', { name: 'Actions for Voices' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
  await expect(places.getByRole('link', { name: /Voices/ })).toBeHidden()
  await page
    .getByRole('alert')
    .filter({ hasText: 'Catalogue Voices was deleted.' })
    .getByRole('button', { name: 'Undo' })
    .press('Enter')
  await expect(places.getByRole('link', { name: /Voices/ })).toBeVisible()
})

test('? lists the keys', async ({ scene: { page } }) => {
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
})

test('Tab goes on in a dialog when the element that had the focus has gone', async ({ scene: { page } }) => {
  await page.keyboard.press('Control+i')
  const focused = page.getByRole('dialog', { name: 'Import' }).locator(':focus')
  await focused.evaluate((button) => {
    button.style.display = 'none'
  })
  await expect(focused).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await expect(focused).toBeVisible()
  await page.keyboard.press('Escape')
})

test('Ctrl+, opens the settings', async ({ scene: { page, shots } }) => {
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(page.getByText(/healthy/).first()).toBeVisible()
  await shots.take('settings')
})
