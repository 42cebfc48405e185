import type { Page } from '@playwright/test'
import { addCatalogue } from '../harness/ask.ts'
import { expect, test } from '../harness/journey.ts'
import { models } from '../harness/models.ts'
import { threeModels } from '../harness/three-models.ts'

test.use({ models: threeModels })

// Menus, small dialogs and half-done states of the library: each opens, has its picture and is accessible.

test('a model is filed by the catalogue picker', async ({ scene: { page, shots } }) => {
  const places = page.getByRole('navigation', { name: 'Places' })
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  await row.getByRole('gridcell').nth(2).click()
  await page.keyboard.press('c')
  await page.getByRole('combobox', { name: 'Catalogue' }).fill('Audio')
  await shots.take('catalogue-picker')
  await page.keyboard.press('Enter')
  await expect(places.getByRole('link', { name: /Audio\s*1/ })).toBeVisible()
})

test('a catalogue has a menu, and its name is edited in place', async ({ scene: { page, shots } }) => {
  const places = page.getByRole('navigation', { name: 'Places' })
  await addCatalogue(page, 'Audio')
  await places.getByRole('button', { name: 'Actions for Audio' }).press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible()
  await shots.take('catalogue-menu')
  await page.getByRole('menuitem', { name: 'Rename' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'New name of Audio' })).toBeFocused()
  await shots.take('catalogue-renamed')
  await page.keyboard.press('Escape')
})

test('recent searches open by the arrow down, above the list, and fill the search', async ({
  scene: { page, shots },
}) => {
  const search = page.getByRole('searchbox')
  await search.fill('silero')
  await page.keyboard.press('Enter')
  await search.fill('')
  await search.focus()
  // They lie over the filters: only who asks for them sees them.
  await expect(page.getByText('Recent searches')).toBeHidden()
  await search.press('ArrowDown')
  const recent = page.getByRole('button', { name: 'silero', exact: true })
  await expect(recent).toBeFocused()
  // All of it lies above the list.
  await recent.click({ trial: true, position: { x: 20, y: 28 } })
  await shots.take('recent-searches')
  await page.keyboard.press('Escape')
  await expect(page.getByText('Recent searches')).toBeHidden()
  await expect(search).toBeFocused()
  await search.click()
  await page.getByRole('button', { name: 'silero', exact: true }).click()
  await expect(search).toHaveValue('silero')
  await expect(search).toBeFocused()
})

test('a search is kept as a view, whose name is asked for', async ({ scene: { page, shots } }) => {
  const search = page.getByRole('searchbox')
  await search.fill('silero')
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.getByRole('textbox', { name: 'Name of the view' })).toBeFocused()
  await shots.take('save-view')
  await page.keyboard.press('Escape')
  await search.fill('')
  await page.keyboard.press('Escape')
})

test('filters by choice, range and text have their dialogs', async ({ scene: { page, shots } }) => {
  for (const [label, kind] of [
    ['Input is', 'choice'],
    ['Size', 'range'],
    ['Uses operator', 'text'],
    ['Changed', 'since'],
    ['Has', 'has'],
  ] as const) {
    await page.getByRole('button', { name: 'Add filter' }).click()
    if (kind === 'choice') await shots.take('filter-menu')
    await page.getByRole('menuitem', { name: label, exact: true }).click()
    await expect(page.getByRole('dialog').getByText(label, { exact: true })).toHaveCount(1)
    await shots.take(`filter-${kind}`)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
})

test('a filter with a very long value can be removed', async ({ scene: { page } }) => {
  // However long its words are, a filter can be taken away.
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('menuitem', { name: 'Uses operator', exact: true }).click()
  await page.getByRole('combobox', { name: 'Uses operator' }).fill('Operator'.repeat(30))
  await page.keyboard.press('Enter')
  const cross = page.getByRole('button', { name: /^Remove the filter Uses operator/ })
  await expect(cross).toBeInViewport({ ratio: 1 })
  await cross.click()
})

test('the order and the columns have their menus', async ({ scene: { page, shots } }) => {
  await page.getByRole('button', { name: /^Sorted by/ }).click()
  await expect(page.getByRole('menuitem', { name: 'Largest first' })).toBeVisible()
  await shots.take('sort-menu')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await expect(page.getByRole('dialog')).toContainText('Columns')
  await shots.take('view-menu')
  await page.keyboard.press('Escape')
})

test('a signature is shown in full under the pointer', async ({ scene: { page, shots } }) => {
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  await row.getByText('→').hover()
  await expect(page.getByText('stateN')).toBeVisible()
  await shots.take('signature-card')
})

test('a model has a context menu', async ({ scene: { page, shots } }) => {
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  await row.click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible()
  await shots.take('row-menu')
  await page.keyboard.press('Escape')
})

test('the peek of a selected model shows its facts', async ({ scene: { page, shots } }) => {
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  await row.getByRole('gridcell').nth(2).click()
  await page.keyboard.press('x')
  await page.keyboard.press('Space')
  await expect(page.getByRole('complementary')).toContainText('Made by')
  await shots.take('peek-selected')
  await page.keyboard.press('Space')
})

test('selected models have a menu', async ({ scene: { page, shots } }) => {
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  await row.getByRole('gridcell').nth(2).click()
  await page.keyboard.press('x')
  await page.getByRole('button', { name: 'More actions for the selected models' }).click()
  await expect(page.getByRole('menuitem', { name: 'Save as CSV' })).toBeVisible()
  await shots.take('selection-menu')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
})

test('the window says where dragged files go, until the drag ends', async ({ scene: { page, shots } }) => {
  await whileDragging(page, async () => {
    await expect(page.getByText('Import into the cabinet')).toBeVisible()
    await shots.take('drop-target')
  })
  await expect(page.getByText('Import into the cabinet')).toBeHidden()
})

test('a dialog covers the activity panel, and Escape closes first one, then the other', async ({
  scene: { page, shots, drop },
}) => {
  const activity = page.getByRole('dialog', { name: 'Activity' })
  await drop([models.v5])
  await activity.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Activity' }).click()
  await expect(activity).toContainText('Earlier')
  await shots.take('activity-idle')
  await page.keyboard.press('Control+i')
  await expect(page.getByRole('dialog', { name: 'Import models' })).toBeVisible()
  const onTop = await activity.evaluate((panel) => {
    const { left, top, width, height } = panel.getBoundingClientRect()
    return panel.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  })
  expect(onTop).toBe(false)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Import models' })).toBeHidden()
  await expect(activity).toBeVisible()
  await page.locator(':focus').evaluate((focused) => focused.blur())
  await page.keyboard.press('Escape')
  await expect(activity).toBeHidden()
})

test('the palette, the import dialog and the list of keys open by their keys and close by Escape', async ({
  scene: { page, shots },
}) => {
  for (const [key, name, picture] of [
    ['Control+k', 'Command palette', 'palette-commands'],
    ['Control+i', 'Import models', 'import-files'],
    ['?', 'Keyboard shortcuts', 'keys'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await shots.take(picture)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog', { name })).toBeHidden()
  }
})

/** Files are dragged over the window for as long as `look` takes: a drag that is silent has ended. */
async function whileDragging(page: Page, look: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([''], 'model.onnx'))
    const over = () => document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true }))
    Object.assign(window, { dragging: setInterval(over, 200) })
  })
  await look()
  await page.evaluate(() => {
    clearInterval(Number(Reflect.get(window, 'dragging')))
    window.dispatchEvent(new DragEvent('dragleave'))
  })
}
