import { test } from '../harness/browser.ts'
import { withModelFolder } from '../harness/model-folder.ts'
import { createShots } from '../harness/shots.ts'
import { library } from '../journeys/library.ts'

test('a library: examples, a folder by reference, duplicates, cards, many at once, checks and a backup, in a browser', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await withModelFolder((folder) => library({ page, folder, shots: createShots(page, 'browser') }))
})
