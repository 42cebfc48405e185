import { test } from '../harness/desktop.ts'
import { importModels } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { accessibility } from '../journeys/accessibility.ts'

test('every screen can be used by everybody, as far as axe can tell', async ({ desktop: { page } }) => {
  test.setTimeout(400_000)
  await importModels(page, [models.v5])
  await accessibility(page)
})
