import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask } from '../harness/ask.ts'
import { writeMany } from '../harness/built-models.ts'
import { expect, test } from '../harness/journey.ts'

const slow = { timeout: 60_000 }

const row = (page: Page, name: string) => page.getByRole('row', { name })

const place = (page: Page, name: RegExp) => page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name })

/** A folder with the model *first*, next to which the model *second* waits. */
async function writeFolder(folder: string) {
  const watched = join(folder, 'watched')
  const [first = '', second = ''] = await writeMany(join(folder, 'waiting'), 2)
  await mkdir(watched)
  await rename(first, join(watched, 'first.onnx'))
  return { watched, second, inFolder: (...names: string[]) => join(watched, ...names) }
}

/** Watches such a folder, with both models in it. */
async function watchFolder(page: Page, folder: string) {
  const { watched, second, inFolder } = await writeFolder(folder)
  await rename(second, inFolder('second.onnx'))
  await ask(page, 'POST', '/admin/watches', { Path: watched })
  for (const name of ['first', 'second']) await expect(row(page, name)).toContainText('f32', slow)
  return { watched, inFolder }
}

for (const [name, lesson] of [
  [/Needs attention/, 'Nothing needs attention'],
  [/Linked/, 'No linked models'],
  [/Duplicates/, 'No duplicates'],
] as const)
  test(`an empty cabinet says: ${lesson}`, async ({ scene: { page, shots } }) => {
    await place(page, name).click()
    await expect(page.getByRole('heading', { name: lesson })).toBeVisible()
    await shots.take(`empty-${lesson.split(' ').at(-1)}`)
  })

test('a folder is watched from the first screen: its models come, and one that is added later', async ({
  newScene: { page, giveFolder },
  folder,
}) => {
  const { watched, second, inFolder } = await writeFolder(folder)
  await giveFolder(watched, () => page.getByRole('button', { name: 'Watch a folder…' }).click())
  await expect(row(page, 'first')).toContainText('f32', slow)
  await mkdir(inFolder('later'))
  await rename(second, inFolder('later', 'second.onnx'))
  await expect(row(page, 'second')).toContainText('f32', slow)
})

test('a file that moves is found again by its bytes, as the same model', async ({ newScene: { page }, folder }) => {
  const { inFolder } = await watchFolder(page, folder)
  await mkdir(inFolder('archive'))
  await rename(inFolder('first.onnx'), inFolder('archive', 'renamed.onnx'))
  await row(page, 'first').getByRole('link', { name: 'first' }).click()
  await expect(page.getByRole('main')).toContainText(inFolder('archive', 'renamed.onnx'), slow)
  await expect(place(page, /Needs attention\s*0/)).toBeVisible(slow)
  await expect(place(page, /All models\s*2/)).toBeVisible()
})

test('a model whose file is gone keeps its last known facts, until the same bytes are back', async ({
  newScene: { page, shots },
  folder,
}) => {
  const { inFolder } = await watchFolder(page, folder)
  await rename(inFolder('second.onnx'), join(folder, 'kept.onnx'))
  await expect(place(page, /Needs attention\s*1/)).toBeVisible(slow)
  await page.getByRole('contentinfo').getByRole('link', { name: '1 file missing or damaged' }).click()
  await expect(row(page, 'second')).toContainText('no longer exists')
  await shots.take('file-vanished')
  // Its signature and its contents are known, but it has neither a graph nor a run.
  const main = page.getByRole('main')
  await row(page, 'second').getByRole('link', { name: 'second' }).click()
  await expect(main.getByRole('status').filter({ hasText: 'no longer exists' })).toContainText(
    'Showing the last known facts',
  )
  await expect(main.getByRole('region', { name: 'Signature' })).toContainText('f32')
  await expect(main.getByRole('tab')).toHaveText(['Overview', 'Signature', 'Contents', 'History', 'API'])
  await shots.take('file-vanished-page')
  await main.getByRole('tab', { name: 'Contents' }).click()
  await expect(main.getByRole('list', { name: 'Nodes by operator' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row(page, 'second')).toContainText('no longer exists')
  await rename(join(folder, 'kept.onnx'), inFolder('back.onnx'))
  await expect(place(page, /Needs attention\s*0/)).toBeVisible(slow)
})

test('a folder that is no longer watched keeps its models', async ({ newScene: { page }, folder }) => {
  const { watched, inFolder } = await watchFolder(page, folder)
  await page.keyboard.press('Control+,')
  const card = page.getByRole('region', { name: 'Watched folders' })
  await expect(card).toContainText(watched)
  await card.getByRole('button', { name: /Stop watching/ }).click()
  await expect(card.getByRole('button', { name: /Stop watching/ })).toBeHidden()
  await writeFile(inFolder('late.onnx'), 'not looked at')
  await rm(inFolder('late.onnx'))
  await place(page, /All models\s*2/).click()
  await expect(row(page, 'second')).toBeVisible()
})
