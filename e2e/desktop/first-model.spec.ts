import { test } from '../harness/desktop.ts'
import { dropFiles } from '../harness/drop-files.ts'
import { createShots } from '../harness/shots.ts'
import { firstModel } from '../journeys/first-model.ts'

test('a first model: dropped, read, edited, filed, found, deleted and brought back', async ({ desktop: { page } }) => {
  await firstModel({
    page,
    drop: (files) => dropFiles(page, files),
    shots: createShots(page, 'desktop'),
  })
})
