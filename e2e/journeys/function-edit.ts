import { expect, type Page } from '@playwright/test'
import { openModel } from '../harness/import-models.ts'
import type { Shots } from '../harness/shots.ts'

/** A model is described in place, what makes no sense is refused where it stands, and history brings back what was. */
export async function functionEdit(page: Page, shots: Shots): Promise<void> {
  const main = page.getByRole('main')
  await openModel(page, 'silero_vad_v5')

  // Markdown with a preview, kept when the card is left.
  const card = main.getByRole('region', { name: 'Documentation' })
  await card.getByRole('button', { name: /What is this model for/ }).click()
  await card.getByRole('textbox', { name: 'Documentation in Markdown' }).fill('Finds **speech** in sound.')
  await card.getByRole('button', { name: 'Preview' }).click()
  await expect(card.locator('strong')).toHaveText('speech')
  await page.keyboard.press('Control+Enter')
  await expect(card.getByText('Saved')).toBeVisible()

  // Own fields.
  const fields = main.getByRole('region', { name: 'Fields' })
  await fields.getByRole('button', { name: 'Add a field' }).click()
  await fields.getByRole('textbox', { name: 'Name of the new field' }).fill('accuracy')
  await fields.getByRole('textbox', { name: 'Value of the new field' }).fill('0.912')
  await page.keyboard.press('Enter')
  await expect(fields.getByRole('button', { name: '0.912, edit accuracy' })).toBeVisible()

  // The driver's form: a refusal stays beside the field, with what was typed.
  const driver = main.getByRole('region', { name: 'Input driver' })
  // Nothing of this model is a picture: the API's usual value is told as that.
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

  // The file's path, to be copied.
  await expect(main.getByRole('region', { name: 'Facts' }).getByTitle(/[/\\]files[/\\]/)).toBeVisible()

  // History: every change, single fields and all; an earlier one comes back as a new one.
  await main.getByRole('tab', { name: 'History' }).click()
  const history = main.getByRole('tabpanel', { name: 'History' })
  await expect(history).toContainText('Fields: accuracy')
  await expect(history).toContainText('Input driver details: order')
  await shots.take('function-history')
  await history.getByRole('button', { name: 'Restore revision 1' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'was restored to revision 1' })).toBeVisible()
  await main.getByRole('tab', { name: 'Overview' }).click()
  await expect(card.getByRole('button', { name: /What is this model for/ })).toBeVisible()

  // The page of a deleted model tells where it is, and brings it back.
  await main.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'moved to the trash' })).toBeVisible()
  await page.goForward()
  await expect(main.getByRole('heading', { name: 'silero_vad_v5 is in the trash' })).toBeVisible()
  await shots.take('function-in-trash')
  await main.getByRole('button', { name: 'Restore' }).click()
  await expect(main.getByRole('heading', { level: 1, name: /silero_vad_v5/ })).toBeVisible()
  // What offered to bring it back has nothing left to do.
  await expect(page.getByRole('alert').filter({ hasText: 'silero_vad_v5 was restored' })).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'moved to the trash' })).toBeHidden({ timeout: 3_000 })
}
