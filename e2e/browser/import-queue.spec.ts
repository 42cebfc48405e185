import { writeMany } from '../harness/built-models.ts'
import { expect, test } from '../harness/journey.ts'

const COUNT = 60

test('an import is paused, resumed and stopped, and what was left out is tried again', async ({
  scene: { page, shots, drop },
  folder,
}) => {
  // Its name stays while its button says how far the work is.
  const activity = page.getByRole('dialog', { name: 'Activity', exact: true })
  await drop(await writeMany(folder, COUNT))
  await activity.getByRole('button', { name: 'Pause' }).click()
  await expect(activity.getByRole('heading', { name: 'Import paused' })).toBeVisible()
  await expect(activity.getByText('Waiting').first()).toBeVisible()
  await shots.take('import-paused')
  await activity.getByRole('button', { name: 'Resume' }).click()
  await activity.getByRole('button', { name: 'Stop' }).click()
  await expect(activity.getByRole('heading', { name: /imported, \d+ cancelled/ })).toBeVisible({ timeout: 30_000 })
  await shots.take('import-stopped')
  await activity.getByRole('button', { name: /^Try \d+ files? again$/ }).click()
  // A file that had arrived when the import was stopped is recognised.
  const all = activity.getByRole('heading', { name: /^\d+ imported(, \d+ already here)?$/ })
  await expect(all).toBeVisible({ timeout: 60_000 })
  await activity.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('status').filter({ hasText: `${COUNT} models` })).toBeVisible()
})
