import { test } from '../harness/desktop.ts'
import { importModels } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { createShots } from '../harness/shots.ts'
import { libraryOverlays, otherOverlays } from '../journeys/overlays.ts'

test('every menu, dialog and half-done edit has its picture', async ({ desktop: { page } }) => {
  test.setTimeout(400_000)
  await importModels(page, [models.v5])
  const shots = createShots(page, 'desktop')
  await libraryOverlays(page, shots)
  await otherOverlays(page, shots)
})
