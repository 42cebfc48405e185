import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { z } from 'zod'
import { ask } from '../harness/ask.ts'
import { writeMany } from '../harness/built-models.ts'
import type { Window } from '../harness/window.ts'

const COUNT = 120
const Rows = z.array(z.object({ UUID: z.string(), Name: z.string() }))

/** A queue held up and set going again, models dragged onto a catalogue, many changed at once and back, tables and exports. @returns an export of two models */
export async function collection({ page, shots, drop, saved }: Window, folder: string): Promise<string> {
  const places = page.getByRole('navigation', { name: 'Places' })
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`\\b${name}\\b`) })
  const toolbar = page.getByRole('toolbar')
  const summary = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text })
  const catalogue = (count: number) => places.getByRole('link', { name: new RegExp(`Trained\\s*${count}$`) })
  // Its name stays while the words of its button say how far the work is.
  const activity = page.getByRole('dialog', { name: 'Activity', exact: true })
  const slow = { timeout: 30_000 }
  /** A catalogue under the pointer shows its menu in place of its count. */
  const drag = async (name: string) => {
    await row(name).dragTo(places.getByRole('link', { name: /Trained/ }))
    await page.getByRole('searchbox').hover()
  }

  // The queue: held up, going on, stopped, and what was left out tried again.
  await drop(await writeMany(folder, COUNT))
  await activity.getByRole('button', { name: 'Pause' }).click()
  await expect(activity.getByRole('heading', { name: 'Import paused' })).toBeVisible()
  await expect(activity.getByText('Waiting').first()).toBeVisible()
  await shots.take('import-paused')
  await activity.getByRole('button', { name: 'Resume' }).click()
  await activity.getByRole('button', { name: 'Stop' }).click()
  await expect(activity.getByRole('heading', { name: /imported, \d+ cancelled/ })).toBeVisible(slow)
  await shots.take('import-stopped')
  await activity.getByRole('button', { name: /^Try \d+ files? again$/ }).click()
  // One that had arrived when it was stopped is recognised.
  const all = activity.getByRole('heading', { name: /^\d+ imported(, \d+ already here)?$/ })
  await expect(all).toBeVisible({ timeout: 60_000 })
  await activity.getByRole('button', { name: 'Done' }).click()
  await expect(summary(`${COUNT} models`)).toBeVisible()

  // Columns: one less, one wider, and an order of two.
  const header = (name: string) => page.getByRole('columnheader', { name })
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await page.getByRole('checkbox', { name: 'Runs here' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(header('Runs here')).toBeHidden()
  await header('Size').getByRole('button').click()
  await header('Name')
    .getByRole('button')
    .click({ modifiers: ['Shift'] })
  await expect(page).toHaveURL(/OrderBy=-Size(%2C|,)Name/)
  await expect(header('Name')).toHaveAttribute('aria-sort', 'ascending')
  await expect(header('Size')).toHaveAttribute('aria-sort', 'descending')
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await page.getByRole('checkbox', { name: 'Runs here' }).check()
  await page.keyboard.press('Escape')
  await header('Name').getByRole('button').click()

  // One model is dragged onto a new catalogue; dropping it again says that it is there.
  await places.getByRole('button', { name: 'New catalogue' }).click()
  await page.getByRole('textbox', { name: 'Name of the new catalogue' }).fill('Trained')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'This catalogue is empty' })).toBeVisible()
  await shots.take('empty-catalogue')
  await places.getByRole('link', { name: /All models/ }).click()
  await header('Name').getByRole('button').click()
  await drag('model-1')
  await expect(catalogue(1)).toBeVisible()
  await drag('model-1')
  await expect(page.getByText('No changes: already in Trained.')).toBeVisible()

  // All of the list at once, by one job; taking it back leaves the one that was there before.
  await row('model-0').getByRole('gridcell').nth(2).click()
  await page.keyboard.press('Control+a')
  await expect(toolbar).toContainText(`${COUNT} selected`)
  await drag('model-1')
  await expect(page.getByText(`Adding ${COUNT - 1} models to Trained.`).first()).toBeVisible()
  await expect(catalogue(COUNT)).toBeVisible(slow)
  await page.getByRole('button', { name: 'Activity' }).click()
  await expect(activity).toContainText(`${COUNT - 1} models added to Trained`, slow)
  await shots.take('bulk-done')
  await activity.getByRole('button', { name: `Undo: ${COUNT - 1} models added to Trained` }).click()
  await expect(catalogue(1)).toBeVisible(slow)
  await page.getByRole('button', { name: 'Activity' }).click()

  // A change that one of three refuses: it is named with its reason, the others are changed, and can be as before.
  const [full] = Rows.parse(await ask(page, 'GET', '/functions?q=model-2&Limit=1'))
  const Fields = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`field ${at}`, at]))
  await ask(page, 'PATCH', `/function/${full?.UUID}`, { Fields })
  await row('model-1').getByRole('gridcell').nth(2).click()
  for (const name of ['model-1', 'model-2', 'model-3'])
    await row(name)
      .getByRole('gridcell')
      .nth(2)
      .click({ modifiers: ['Control'] })
  await expect(toolbar).toContainText('3 selected')
  await page.keyboard.press('f')
  const editor = page.getByRole('dialog', { name: 'Set a custom field on 3 models' })
  await editor.getByRole('combobox', { name: 'Field' }).fill('stage')
  await editor.getByRole('textbox', { name: 'Value' }).fill('tested')
  await page.keyboard.press('Enter')
  const refused = page.getByRole('alert').filter({ hasText: '1 model could not be changed.' })
  await expect(refused.first()).toContainText('model-2:')
  await shots.take('partly-refused')
  await page
    .getByRole('alert')
    .filter({ hasText: 'stage was set on 2 models.' })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect.poll(async () => Rows.parse(await ask(page, 'GET', '/functions?Field.stage=tested')).length).toBe(0)

  // A table of what is picked, and an export of it.
  await row('model-0').getByRole('gridcell').nth(2).click()
  await expect(toolbar).toBeHidden()
  for (const name of ['model-4', 'model-5'])
    await row(name)
      .getByRole('gridcell')
      .nth(2)
      .click({ modifiers: ['Control'] })
  await expect(toolbar).toContainText('2 selected')
  const table = await saved(async () => {
    await toolbar.getByRole('button', { name: 'More actions for the selected models' }).click()
    await page.getByRole('menuitem', { name: 'Save as CSV' }).click()
    await expect(page.getByText(/2 models written to/)).toBeVisible()
  })
  const lines = (await readFile(table, 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[1]).toMatch(/^model-4,.*,image {2}f32 N×3×16×16/)
  return saved(() => toolbar.getByRole('button', { name: 'Export' }).click())
}

/** Another cabinet takes the export in, with all that was written about its two models. */
export async function importExport({ page, shots }: Pick<Window, 'page' | 'shots'>, path: string): Promise<void> {
  await page.keyboard.press('Control+i')
  const dialog = page.getByRole('dialog', { name: 'Import models' })
  await dialog.getByText('Folder', { exact: true }).click()
  await dialog.getByRole('textbox', { name: /Folder/ }).fill(path)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Activity' })).toContainText('2 models imported', { timeout: 20_000 })
  await page.getByRole('button', { name: 'Activity' }).click()
  await expect(page.getByRole('row', { name: /model-4/ })).toContainText('f32')
  await expect(page.getByRole('row', { name: /model-5/ })).toContainText('f32')
  await shots.take('imported-export')
}
