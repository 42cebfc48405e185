import { test } from '../harness/browser.ts'
import { importModels } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { createShots } from '../harness/shots.ts'
import { keyboard } from '../journeys/keyboard.ts'

test('a library by the keyboard, in a browser', async ({ page }) => {
  await importModels(page, Object.values(models))
  await keyboard(page, createShots(page, 'browser'))
})
