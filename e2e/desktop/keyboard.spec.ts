import { test } from '../harness/desktop.ts'
import { importModels } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { createShots } from '../harness/shots.ts'
import { keyboard } from '../journeys/keyboard.ts'

test('a library by the keyboard', async ({ desktop: { page } }) => {
  await importModels(page, Object.values(models))
  await keyboard(page, createShots(page, 'desktop'))
})
