import { test } from '../harness/browser.ts'
import { dropFiles } from '../harness/drop-files.ts'
import { createShots } from '../harness/shots.ts'
import { firstModel } from '../journeys/first-model.ts'

test('a first model, in a browser', async ({ page }) => {
  await firstModel({
    page,
    drop: (files) => dropFiles(page, files),
    shots: createShots(page, 'browser'),
  })
})
