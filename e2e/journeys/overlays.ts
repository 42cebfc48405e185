import { expect, type Page } from '@playwright/test'
import type { Shots } from '../harness/shots.ts'

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

/** The menus, small dialogs and half-done states of the library, with one model in it: each is seen once. */
export async function libraryOverlays(page: Page, shots: Shots): Promise<void> {
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  const places = page.getByRole('navigation', { name: 'Places' })
  const search = page.getByRole('searchbox')
  await expect(row.getByRole('img', { name: 'Runs here' })).toBeVisible({ timeout: 20_000 })

  await row.getByRole('gridcell').nth(2).click()
  await page.keyboard.press('c')
  await page.getByRole('combobox', { name: 'Catalogue' }).fill('Audio')
  await shots.take('catalogue-picker')
  await page.keyboard.press('Enter')
  await expect(places.getByRole('link', { name: /Audio\s*1/ })).toBeVisible()
  await places.getByRole('button', { name: 'Actions for Audio' }).press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible()
  await shots.take('catalogue-menu')
  await page.getByRole('menuitem', { name: 'Rename' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'New name of Audio' })).toBeFocused()
  await shots.take('catalogue-renamed')
  await page.keyboard.press('Escape')

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
  await search.fill('silero')
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.getByRole('textbox', { name: 'Name of the view' })).toBeFocused()
  await shots.take('save-view')
  await page.keyboard.press('Escape')
  await search.fill('')
  await page.keyboard.press('Escape')

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
  // However long its words are, a filter can be taken away.
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('menuitem', { name: 'Uses operator', exact: true }).click()
  await page.getByRole('dialog').locator('input').fill('Operator'.repeat(30))
  await page.keyboard.press('Enter')
  const cross = page.getByRole('button', { name: /^Remove the filter Uses operator/ })
  await expect(cross).toBeInViewport({ ratio: 1 })
  await cross.click()
  await page.getByRole('button', { name: /^Sorted by/ }).click()
  await expect(page.getByRole('menuitem', { name: 'Largest first' })).toBeVisible()
  await shots.take('sort-menu')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await expect(page.getByRole('dialog')).toContainText('Columns')
  await shots.take('view-menu')
  await page.keyboard.press('Escape')

  await row.getByText('→').hover()
  await expect(page.getByText('stateN')).toBeVisible()
  await shots.take('signature-card')
  await row.click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible()
  await shots.take('row-menu')
  await page.keyboard.press('Escape')
  await row.getByRole('gridcell').nth(2).click()
  await page.keyboard.press('x')
  await page.keyboard.press('Space')
  await expect(page.getByRole('complementary')).toContainText('Made by')
  await shots.take('peek-selected')
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'More actions for the selected models' }).click()
  await expect(page.getByRole('menuitem', { name: 'Save as CSV' })).toBeVisible()
  await shots.take('selection-menu')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  await whileDragging(page, async () => {
    await expect(page.getByText('Import into the cabinet')).toBeVisible()
    await shots.take('drop-target')
  })
  await expect(page.getByText('Import into the cabinet')).toBeHidden()
  await page.getByRole('button', { name: 'Activity' }).click()
  await expect(page.getByRole('dialog', { name: 'Activity' })).toContainText('Earlier')
  await shots.take('activity-idle')
  // A dialog lies over it, and Escape closes the one, then the other, wherever the focus is.
  const activity = page.getByRole('dialog', { name: 'Activity' })
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
}

/** The same of a model's page, the settings and the trash. */
export async function otherOverlays(page: Page, shots: Shots): Promise<void> {
  const main = page.getByRole('main')
  await page
    .getByRole('row', { name: /silero_vad_v5/ })
    .getByRole('link')
    .click()
  await main.getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible()
  await shots.take('function-menu')
  await page.keyboard.press('Escape')
  await main.getByRole('button', { name: 'silero_vad_v5, edit the name' }).click()
  await shots.take('function-name')
  await page.keyboard.press('Escape')
  await main.getByRole('button', { name: /What is this model for/ }).click()
  await main
    .getByRole('textbox', { name: 'Documentation in Markdown' })
    .fill('# Speech\n\nTells *speech* from silence:\n\n- 16 kHz\n- `state` is [handed on](https://example.org)\n')
  await shots.take('documentation-written')
  await main.getByRole('button', { name: 'Preview' }).click()
  await expect(main.getByRole('heading', { name: 'Speech' })).toBeVisible()
  await shots.take('documentation-preview')
  // Whatever is written, the page keeps its columns: what is too wide scrolls in its own card.
  await main.getByRole('button', { name: 'Write' }).click()
  await main
    .getByRole('textbox', { name: 'Documentation in Markdown' })
    .fill(`${'> '.repeat(80)}deep\n\n| ${'a wide column | '.repeat(30)}\n|${'---|'.repeat(30)}\n| 1 |\n`)
  await main.getByRole('button', { name: 'Preview' }).click()
  await expect(main.getByRole('region', { name: 'Documentation' }).getByRole('table')).toBeVisible()
  await main.getByRole('button', { name: 'Write' }).click()
  await page.keyboard.press('Escape')
  await main.getByRole('button', { name: 'Add a field' }).click()
  await expect(main.getByRole('textbox', { name: 'Name of the new field' })).toBeVisible()
  await shots.take('field-added')
  await main.getByRole('tab', { name: 'Compare' }).click()
  await expect(main.getByRole('combobox', { name: 'Compare silero_vad_v5 with' })).toBeVisible()
  await shots.take('compare-picker')

  await page.keyboard.press('Control+,')
  const tokens = main.getByRole('region', { name: 'Access tokens' })
  await tokens.getByRole('textbox', { name: 'New token for' }).fill('Training')
  await tokens.getByRole('combobox', { name: 'Scope' }).click()
  await expect(page.getByRole('option', { name: 'Read only', exact: true })).toBeVisible()
  await shots.take('token-scopes')
  await page.keyboard.press('Escape')
  await tokens.getByRole('button', { name: 'Create token' }).click()
  await expect(tokens).toContainText('Copy it now: it is not shown again.')
  await tokens.getByRole('button', { name: 'Revoke: Training' }).click()
  await expect(tokens.getByRole('button', { name: 'Revoke for good: Training' })).toBeVisible()
  await shots.take('token-made')

  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: /All models/ })
    .click()
  await page
    .getByRole('row', { name: /silero_vad_v5/ })
    .getByRole('gridcell')
    .nth(2)
    .click()
  await page.keyboard.press('Delete')
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Trash' }).click()
  await expect(main.getByRole('button', { name: 'Restore silero_vad_v5' })).toBeVisible()
  await shots.take('trash')
  await main.getByRole('button', { name: 'Restore silero_vad_v5' }).click()
  await expect(main.getByRole('heading', { name: 'The trash is empty' })).toBeVisible()
  await shots.take('trash-empty')
  for (const [path, title, picture] of [
    ['function/00000000-0000-4000-8000-000000000000', 'This model no longer exists', 'function-gone'],
    ['nowhere', 'Page not found', 'nowhere'],
  ] as const) {
    await page.evaluate((to) => location.assign(`#/${to}`), path)
    await expect(main.getByRole('heading', { name: title })).toBeVisible()
    await shots.take(picture)
  }
}
