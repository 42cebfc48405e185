import { ask, modelPath } from '../harness/ask.ts'
import { functionModels } from '../harness/function-models.ts'
import { openModel } from '../harness/import-models.ts'
import { expect, test } from '../harness/journey.ts'

test.use({ models: functionModels })

test.beforeEach(({ scene }) => openModel(scene.page, 'silero_vad_v5'))

test('the page of a model shows its signature with symbolic shapes, and that it runs here', async ({
  scene: { page, shots },
}) => {
  const main = page.getByRole('main')
  await expect(main.getByRole('row', { name: 'state f32 2×?×128' })).toBeVisible()
  await expect(main.getByRole('row', { name: /sr i64 scalar/ })).toBeVisible()
  await expect(main).toContainText('Runs here')
  // The path of its file, to be copied.
  await expect(main.getByRole('region', { name: 'Facts' }).getByTitle(/[/\\]files[/\\]/)).toBeVisible()
  await shots.take('function')
})

test('documentation in Markdown is previewed, and saved by Ctrl+Enter', async ({ scene: { page } }) => {
  const card = page.getByRole('main').getByRole('region', { name: 'Documentation' })
  await card.getByRole('button', { name: /What is this model for/ }).click()
  await card.getByRole('textbox', { name: 'Documentation in Markdown' }).fill('# Speech\n\nFinds **speech** in sound.')
  await card.getByRole('button', { name: 'Preview' }).click()
  await expect(card.locator('strong')).toHaveText('speech')
  await page.keyboard.press('Control+Enter')
  await expect(card.getByText('Saved')).toBeVisible()
  await expect(card.getByRole('heading', { name: 'Speech' })).toBeVisible()
})

test('the name is edited in place', async ({ scene: { page } }) => {
  const main = page.getByRole('main')
  await main.getByRole('button', { name: 'silero_vad_v5, edit the name' }).click()
  await main.getByRole('textbox', { name: 'the name' }).fill('voice detector')
  await page.keyboard.press('Enter')
  await expect(main.getByRole('heading', { level: 1, name: /voice detector/ })).toBeVisible()
})

test('a model is filed into a catalogue that is made on the way', async ({ scene: { page, shots } }) => {
  const catalogues = page.getByRole('main').getByRole('region', { name: 'Catalogues' })
  await catalogues.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('combobox', { name: 'Catalogue' }).fill('Audio')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation').getByRole('link', { name: /Audio\s*1/ })).toBeVisible()
  await shots.take('function-edited')
})

test('a custom field is added', async ({ scene: { page } }) => {
  const fields = page.getByRole('main').getByRole('region', { name: 'Fields' })
  await fields.getByRole('button', { name: 'Add a field' }).click()
  await fields.getByRole('textbox', { name: 'Name of the new field' }).fill('accuracy')
  await fields.getByRole('textbox', { name: 'Value of the new field' }).fill('0.912')
  await page.keyboard.press('Enter')
  await expect(fields.getByRole('button', { name: '0.912, edit accuracy' })).toBeVisible()
})

test('a refused value of a driver stays in its field with the reason', async ({ scene: { page, shots } }) => {
  const driver = page.getByRole('main').getByRole('region', { name: 'Input driver' })
  // No input of this model is an image: the default of the API is marked as such.
  await expect(driver).toContainText('not read from this model')
  await driver.getByRole('button', { name: /the driver’s details as JSON/ }).click()
  await driver.getByRole('textbox', { name: 'the driver’s details as JSON' }).fill('{"width": 320}')
  await page.keyboard.press('Enter')
  await driver.getByRole('button', { name: '320, edit Width' }).click()
  await driver.getByRole('textbox', { name: 'Width' }).fill('wide')
  await page.keyboard.press('Enter')
  await expect(driver.getByRole('alert')).toContainText('Not saved. “wide” is not a number.')
  await expect(driver.getByRole('textbox', { name: 'Width' })).toHaveValue('wide')
  await shots.take('function-refused')
  await driver.getByRole('textbox', { name: 'Width' }).fill('640')
  await page.keyboard.press('Enter')
  await expect(driver.getByRole('button', { name: '640, edit Width' })).toBeVisible()
  await driver.getByText('NHWC').click()
  await expect(driver.getByRole('radio', { name: 'NHWC' })).toBeChecked()
})

test('history names each changed field, and an earlier revision is restored', async ({ scene: { page, shots } }) => {
  const path = await modelPath(page, 'silero_vad_v5')
  await ask(page, 'PATCH', path, { Documentation: 'Finds **speech** in sound.' })
  await ask(page, 'PATCH', path, { Fields: { accuracy: 0.912 } })
  await ask(page, 'PATCH', path, { InputDriverDetails: { order: 'NHWC' } })
  const main = page.getByRole('main')
  await expect(main.getByRole('region', { name: 'Documentation' }).locator('strong')).toHaveText('speech')
  await main.getByRole('tab', { name: 'History' }).click()
  const history = main.getByRole('tabpanel', { name: 'History' })
  await expect(history).toContainText('Fields: accuracy')
  await expect(history).toContainText('Input driver details: order')
  await shots.take('function-history')
  await history.getByRole('button', { name: 'Restore revision 1' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'was restored to revision 1' })).toBeVisible()
  await main.getByRole('tab', { name: 'Overview' }).click()
  await expect(main.getByRole('button', { name: /What is this model for/ })).toBeVisible()
})

test('the page of a deleted model says that it is in the trash, and restores it', async ({
  scene: { page, shots },
}) => {
  const main = page.getByRole('main')
  await main.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'moved to the trash' })).toBeVisible()
  await page.goForward()
  await expect(main.getByRole('heading', { name: 'silero_vad_v5 is in the trash' })).toBeVisible()
  await shots.take('function-in-trash')
  await main.getByRole('button', { name: 'Restore' }).click()
  await expect(main.getByRole('heading', { level: 1, name: /silero_vad_v5/ })).toBeVisible()
  // The notice with Undo has nothing left to undo.
  await expect(page.getByRole('alert').filter({ hasText: 'silero_vad_v5 was restored' })).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'moved to the trash' })).toBeHidden({ timeout: 3_000 })
})
