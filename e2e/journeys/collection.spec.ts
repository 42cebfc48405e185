import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { addCatalogue, ask, modelPath } from '../harness/ask.ts'
import { writeMany } from '../harness/built-models.ts'
import { expect, test } from '../harness/journey.ts'

/** More than one request or transaction takes. */
const COUNT = 120

test.use({ models: async ({ modelFolder }, use) => use(await writeMany(modelFolder, COUNT)) })

// The first models are on the first screen; a row that moves while it is dragged is another model's.
test.beforeEach(async ({ scene: { page } }) => {
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  for (const at of [0, 1, 2]) await expect(page.locator(`[data-index="${at}"]`)).toContainText(`model-${at}`)
})

const slow = { timeout: 30_000 }

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`\\b${name}\\b`) })

const catalogue = (page: Page, count: number) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: new RegExp(`Trained\\s*${count}$`) })

async function dragToCatalogue(page: Page, name: string): Promise<void> {
  const places = page.getByRole('navigation', { name: 'Places' })
  await row(page, name).dragTo(places.getByRole('link', { name: /Trained/ }))
  // A catalogue under the pointer shows its menu in place of its count.
  await page.getByRole('searchbox').hover()
}

async function select(page: Page, names: string[]): Promise<void> {
  for (const name of names)
    await row(page, name)
      .getByRole('gridcell')
      .nth(2)
      .click({ modifiers: ['Control'] })
  await expect(page.getByRole('toolbar')).toContainText(`${names.length} selected`)
}

test('a new catalogue is empty and says so', async ({ scene: { page, shots } }) => {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'New catalogue' }).click()
  await page.getByRole('textbox', { name: 'Name of the new catalogue' }).fill('Trained')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'This catalogue is empty' })).toBeVisible()
  await shots.take('empty-catalogue')
})

test('a model is dragged onto a catalogue, once', async ({ scene: { page } }) => {
  await addCatalogue(page, 'Trained')
  await dragToCatalogue(page, 'model-1')
  await expect(catalogue(page, 1)).toBeVisible()
  await dragToCatalogue(page, 'model-1')
  await expect(page.getByText('No changes: already in Trained.')).toBeVisible()
})

test('all models are dragged onto a catalogue in one job, whose Undo leaves the one that was there before', async ({
  scene: { page, shots },
}) => {
  await addCatalogue(page, 'Trained', 'model-1')
  await expect(catalogue(page, 1)).toBeVisible()
  await row(page, 'model-0').getByRole('gridcell').nth(2).click()
  await page.keyboard.press('Control+a')
  await expect(page.getByRole('toolbar')).toContainText(`${COUNT} selected`)
  await dragToCatalogue(page, 'model-1')
  await expect(page.getByText(`Adding ${COUNT - 1} models to Trained.`).first()).toBeVisible()
  await expect(catalogue(page, COUNT)).toBeVisible(slow)
  await page.getByRole('button', { name: 'Activity' }).click()
  const activity = page.getByRole('dialog', { name: 'Activity', exact: true })
  await expect(activity).toContainText(`${COUNT - 1} models added to Trained`, slow)
  await shots.take('bulk-done')
  await activity.getByRole('button', { name: `Undo: ${COUNT - 1} models added to Trained` }).click()
  await expect(catalogue(page, 1)).toBeVisible(slow)
})

test('a change that one of three models refuses names that model, and Undo takes it from the others', async ({
  scene: { page, shots },
}) => {
  const Fields = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`field ${at}`, at]))
  await ask(page, 'PATCH', await modelPath(page, 'model-2'), { Fields })
  await select(page, ['model-1', 'model-2', 'model-3'])
  await page.keyboard.press('f')
  const editor = page.getByRole('dialog', { name: 'Set a custom field on 3 models' })
  await editor.getByRole('combobox', { name: 'Field' }).fill('stage')
  await editor.getByRole('textbox', { name: 'Value' }).fill('tested')
  await page.keyboard.press('Enter')
  const refused = page.getByRole('alert').filter({ hasText: '1 model could not be changed.' })
  await expect(refused.first()).toContainText('model-2:')
  await page
    .getByRole('alert')
    .filter({ hasText: 'stage was set on 2 models.' })
    .getByRole('button', { name: 'Undo' })
    .click()
  const changed = async () => z.array(z.object({})).parse(await ask(page, 'GET', '/functions?Field.stage=tested'))
  await expect.poll(async () => (await changed()).length).toBe(0)
  // A refusal stays; Undo would be gone by the time the picture is taken.
  await shots.take('partly-refused')
})

test('a click on a row clears the selection', async ({ scene: { page } }) => {
  await select(page, ['model-1', 'model-2'])
  await row(page, 'model-0').getByRole('gridcell').nth(2).click()
  await expect(page.getByRole('toolbar')).toBeHidden()
})

test('the selected models are written to a table', async ({ scene: { page, saved } }) => {
  await select(page, ['model-4', 'model-5'])
  const table = await saved(async () => {
    await page.getByRole('button', { name: 'More actions for the selected models' }).click()
    await page.getByRole('menuitem', { name: 'Save as CSV' }).click()
    await expect(page.getByText(/2 models written to/)).toBeVisible()
  })
  const lines = (await readFile(table, 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[1]).toMatch(/^model-4,.*,image {2}f32 N×3×16×16/)
})

test('another cabinet imports the export of two models', async ({ scene, newScene: { page, shots } }) => {
  await select(scene.page, ['model-4', 'model-5'])
  const bar = scene.page.getByRole('toolbar')
  const exported = await scene.saved(() => bar.getByRole('button', { name: 'Export' }).click())
  await page.keyboard.press('Control+i')
  const dialog = page.getByRole('dialog', { name: 'Import models' })
  await dialog.getByText('Folder', { exact: true }).click()
  await dialog.getByRole('textbox', { name: /Folder/ }).fill(exported)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Activity' })).toContainText('2 models imported', { timeout: 20_000 })
  await page.getByRole('button', { name: 'Activity' }).click()
  await expect(row(page, 'model-4')).toContainText('f32')
  await expect(row(page, 'model-5')).toContainText('f32')
  await shots.take('imported-export')
})
