import { openModel } from '../harness/import-models.ts'
import { expect, test } from '../harness/journey.ts'
import { threeModels } from '../harness/three-models.ts'

test.use({ models: threeModels })

// Menus, half-done edits and empty states of a model's page, the settings and the trash.

test('a model’s page has a menu, and its name is edited in place', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
  await openModel(page, 'silero_vad_v5')
  await main.getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible()
  await shots.take('function-menu')
  await page.keyboard.press('Escape')
  await main.getByRole('button', { name: 'silero_vad_v5, edit the name' }).click()
  await shots.take('function-name')
  await page.keyboard.press('Escape')
})

test('documentation is written and previewed, however wide it is', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
  await openModel(page, 'silero_vad_v5')
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
})

test('a custom field is named first', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
  await openModel(page, 'silero_vad_v5')
  await main.getByRole('button', { name: 'Add a field' }).click()
  await expect(main.getByRole('textbox', { name: 'Name of the new field' })).toBeVisible()
  await shots.take('field-added')
})

test('a comparison begins with the choice of a model', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
  await openModel(page, 'silero_vad_v5')
  await main.getByRole('tab', { name: 'Compare' }).click()
  await expect(main.getByRole('combobox', { name: 'Compare silero_vad_v5 with' })).toBeVisible()
  await shots.take('compare-picker')
})

test('an access token is shown once, and revoked after a second click', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
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
  await tokens.getByRole('button', { name: 'Revoke for good: Training' }).click()
  await expect(tokens.getByText('Training', { exact: true })).toBeHidden()
})

test('a deleted model is in the trash until it is restored', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
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
})

test('a model that is gone and an unknown page say so', async ({ scene: { page, shots } }) => {
  const main = page.getByRole('main')
  for (const [path, title, picture] of [
    ['function/00000000-0000-4000-8000-000000000000', 'This model no longer exists', 'function-gone'],
    ['nowhere', 'Page not found', 'nowhere'],
  ] as const) {
    await page.evaluate((to) => location.assign(`#/${to}`), path)
    await expect(main.getByRole('heading', { name: title })).toBeVisible()
    await shots.take(picture)
  }
})
