import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { Shots } from '../harness/shots.ts'

type Options = {
  page: Page
  shots: Shots
  /** A folder with three Silero models, one of them twice. */
  folder: string
}

/** From an empty cabinet: examples, a folder by reference, filters, cards, many at once and back, checks and a backup. */
export async function library({ page, shots, folder }: Options): Promise<void> {
  const places = page.getByRole('navigation', { name: 'Places' })
  const grid = page.getByRole('grid', { name: 'Models' })
  const summary = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text })
  const row = (name: string | RegExp) => page.getByRole('row', { name })

  // First run: two models that ship with the program.
  await page.getByRole('button', { name: 'Add example models' }).click()
  await expect(row(/edges/)).toBeVisible({ timeout: 20_000 })
  await expect(row(/three_tones/)).toContainText('f32')

  // A look at a file imports nothing.
  await page.keyboard.press('Control+i')
  const dialog = page.getByRole('dialog', { name: 'Import models' })
  await dialog.getByText('Quick look').click()
  await dialog.getByRole('textbox').fill(join(folder, 'silero_vad_v6.onnx'))
  await dialog.getByRole('button', { name: 'Inspect' }).click()
  await expect(dialog.getByRole('region', { name: 'Metadata from the file' })).toContainText('Parameters')
  await shots.take('quick-look')

  // A folder by reference: a wrong path says so beside itself; then every model is here and nothing is copied.
  await dialog.getByText('Folder', { exact: true }).click()
  const path = dialog.getByRole('textbox', { name: /Folder/ })
  await path.fill(join(folder, 'gone'))
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog).toContainText('does not exist')
  await path.fill(folder)
  await shots.take('import-folder')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  const activity = page.getByRole('dialog', { name: 'Activity' })
  await expect(activity).toContainText('3 models imported', { timeout: 20_000 })
  await activity.getByText('3 files').click()
  await expect(activity.getByRole('link', { name: 'silero_vad_v6.onnx' })).toBeVisible()
  await shots.take('activity')
  await page.getByRole('button', { name: 'Activity' }).click()
  await expect(activity).toBeHidden()
  await expect(summary('5 models')).toBeVisible()

  // Duplicates: the two detectors of one structure, beside each other; the kind is in the address.
  const top = (await grid.boundingBox())?.y
  await places.getByRole('link', { name: /Duplicates/ }).click()
  await expect(places.locator('[aria-current="page"]')).toHaveText(/Duplicates\s*2/)
  await expect(page.getByText('All (2)')).toBeVisible()
  // No column's arrow says that the list is in its order, and the list begins where it began among all models.
  await expect(page.locator('[aria-sort]')).toHaveCount(0)
  expect((await grid.boundingBox())?.y).toBe(top)
  await expect(row(/First of a group of duplicates silero_vad_v/)).toHaveCount(1)
  await expect(row(/Same structure as the model above silero_vad_v/)).toHaveCount(1)
  await page.getByText('Same structure, different weights (2)').click()
  await expect(page).toHaveURL(/Duplicates=structure/)
  await expect(summary('2 of 5')).toBeVisible()
  await expect(places.locator('[aria-current="page"]')).toHaveText(/Duplicates/)
  await shots.take('duplicates')

  // A filter, the largest first, and cards.
  await places.getByRole('link', { name: /All models/ }).click()
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click()
  await expect(page).toHaveURL(/OrderBy=-Size/)
  await expect(page.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending')
  const grip = page.locator('[data-grip="name"]')
  const before = await page.getByRole('columnheader', { name: 'Name' }).boundingBox()
  await grip.hover()
  await page.mouse.down()
  await page.mouse.move((before?.x ?? 0) + 400, (before?.y ?? 0) + 5, { steps: 4 })
  await page.mouse.up()
  await expect
    .poll(async () => (await page.getByRole('columnheader', { name: 'Name' }).boundingBox())?.width)
    .toBeGreaterThan((before?.width ?? 0) + 40)
  await grip.dblclick()

  // The same by keys: the names of the columns are one stop of Tab, and their edges tell how wide they are.
  const names = page.getByRole('columnheader')
  await expect(grid.locator('[tabindex="0"]')).toHaveCount(1)
  await names.getByRole('button', { name: 'Name' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('Signature', { exact: true })).toBeFocused()
  const edge = page.getByRole('separator', { name: 'Width of Signature' })
  const told = async () => Number(await edge.getAttribute('aria-valuenow'))
  const usual = await told()
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(edge).toBeFocused()
  await expect.poll(told).toBe(usual - 16)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(told).toBe(usual - 32)
  await shots.take('column-edge')
  await page.keyboard.press('Delete')
  await expect.poll(told).toBe(usual)
  await page.keyboard.press('Escape')
  await page.keyboard.press('End')
  await expect(names.getByRole('button', { name: 'Updated' })).toBeFocused()
  await expect(grid.locator('[tabindex="0"]')).toHaveText('Updated')
  await page.keyboard.press('ArrowDown')
  await expect(grid).toBeFocused()
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await page.getByText('Cards', { exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('gridcell', { name: /three_tones/ })).toBeVisible()
  await shots.take('cards')

  // Many at once: an own field on all, and the way back gives each what it had.
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+a')
  await expect(page.getByRole('toolbar')).toContainText('5 selected')
  await page.keyboard.press('f')
  const editor = page.getByRole('dialog', { name: 'Set a custom field on 5 models' })
  await editor.getByRole('combobox', { name: 'Field' }).fill('stage')
  await editor.getByRole('textbox', { name: 'Value' }).fill('tested')
  await shots.take('set-field')
  await page.keyboard.press('Enter')
  await expect(page.getByText('stage was set on 5 models.')).toBeVisible()
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('menuitem', { name: 'Custom field' }).click()
  await page.getByRole('combobox', { name: 'Field' }).fill('stage')
  await page.getByRole('textbox', { name: 'Value' }).fill('tested')
  await page.getByRole('button', { name: 'Filter', exact: true }).last().click()
  await expect(summary('5 of 5')).toBeVisible()
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click()
  await expect(summary('0 of 5')).toBeVisible()
  await page.getByRole('button', { name: /Remove the filter stage/ }).click()
  await expect(summary('5 models')).toBeVisible()

  // An own field of numbers as a column: they stand under each other by their last digits.
  await grid.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('f')
  await editor.getByRole('combobox', { name: 'Field' }).fill('accuracy')
  await editor.getByRole('textbox', { name: 'Value' }).fill('0.912')
  await page.keyboard.press('Enter')
  await expect(page.getByText('accuracy was set on 5 models.')).toBeVisible()
  // It is offered by what the cabinet has, whatever the list shows.
  const search = page.getByRole('searchbox', { name: 'Search models' })
  await search.fill('called like no model')
  await expect(summary('0 of 5')).toBeVisible()
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await page.getByText('List', { exact: true }).click()
  await page.getByRole('checkbox', { name: /^accuracy\s*5$/ }).check()
  await shots.take('own-columns')
  await page.keyboard.press('Escape')
  await search.fill('')
  await expect(page.getByRole('gridcell', { name: '0.912' })).toHaveCount(5)
  await expect(page.getByRole('gridcell', { name: '0.912' }).first()).toHaveCSS('text-align', 'right')
  await shots.take('own-numbers')

  // Settings: every file is verified, and a backup is made; a folder that is not empty is refused in words.
  await page.keyboard.press('Control+,')
  const safety = page.getByRole('region', { name: 'Backup and checks' })
  await safety.getByRole('button', { name: 'Verify every file' }).click()
  await expect(safety.getByRole('listitem', { name: 'Verification' })).toContainText('all is well', { timeout: 20_000 })
  await safety.getByRole('textbox', { name: 'Folder' }).fill(folder)
  await safety.getByRole('button', { name: 'Back up now' }).click()
  await expect(safety.getByRole('alert')).toContainText(/empty/)
  const backup = join(folder, 'backup')
  await safety.getByRole('textbox', { name: 'Folder' }).fill(backup)
  await safety.getByRole('button', { name: 'Back up now' }).click()
  await expect(safety.getByRole('listitem', { name: 'Backup' })).toContainText('Backed up 5 models', {
    timeout: 20_000,
  })
  expect((await readFile(join(backup, 'manifest.json'), 'utf8')).length).toBeGreaterThan(10)
  await shots.take('settings')
}
