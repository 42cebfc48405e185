import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { writeMany } from '../harness/built-models.ts'
import type { Window } from '../harness/window.ts'

/** From an empty cabinet: a folder is watched; models come, move, vanish and turn up again, and the library follows. */
export async function watchedFolder({ page, shots, giveFolder }: Window, folder: string): Promise<void> {
  const places = page.getByRole('navigation', { name: 'Places' })
  const row = (name: string) => page.getByRole('row', { name })
  const place = (name: RegExp) => places.getByRole('link', { name })
  const slow = { timeout: 20_000 }
  const [first = '', second = ''] = await writeMany(join(folder, '..', 'waiting'), 2)
  const watched = (...names: string[]) => join(folder, ...names)
  await rename(first, watched('first.onnx'))

  // Nothing is there but the way in.
  for (const [name, lesson] of [
    [/Needs attention/, 'Nothing needs attention'],
    [/Linked/, 'No linked models'],
    [/Duplicates/, 'No duplicates'],
  ] as const) {
    await place(name).click()
    await expect(page.getByRole('heading', { name: lesson })).toBeVisible()
    await shots.take(`empty-${lesson.split(' ').at(-1)}`)
  }
  await place(/All models/).click()
  await page.getByRole('button', { name: 'Watch a folder…' }).click()
  await giveFolder(folder)
  await expect(row('first')).toContainText('f32', slow)

  // A file appears.
  await mkdir(watched('later'))
  await rename(second, watched('later', 'second.onnx'))
  await expect(row('second')).toContainText('f32', slow)

  // A file moves: it is found again by its bytes, as the model that it was.
  await mkdir(watched('archive'))
  await rename(watched('first.onnx'), watched('archive', 'renamed.onnx'))
  await row('first').getByRole('link', { name: 'first' }).click()
  await expect(page.getByRole('main')).toContainText(watched('archive', 'renamed.onnx'), slow)
  await expect(place(/Needs attention\s*0/)).toBeVisible(slow)
  await expect(place(/All models\s*2/)).toBeVisible()

  // A file vanishes, with a model that does not know its file any more; the same bytes elsewhere heal it.
  const bytes = watched('later', 'second.onnx')
  await rename(bytes, join(folder, '..', 'kept.onnx'))
  await expect(place(/Needs attention\s*1/)).toBeVisible(slow)
  await page.getByRole('contentinfo').getByRole('link', { name: '1 file missing or damaged' }).click()
  await expect(row('second')).toContainText('no longer exists')
  await shots.take('file-vanished')
  // What was read from it is still known: its signature and its contents, but neither its graph nor a run.
  const main = page.getByRole('main')
  await row('second').getByRole('link', { name: 'second' }).click()
  await expect(main.getByRole('status').filter({ hasText: 'no longer exists' })).toContainText(
    'Showing the last known facts',
  )
  await expect(main.getByRole('region', { name: 'Signature' })).toContainText('f32')
  await expect(main.getByRole('tab')).toHaveText(['Overview', 'Signature', 'Contents', 'History', 'API'])
  await shots.take('file-vanished-page')
  await main.getByRole('tab', { name: 'Contents' }).click()
  await expect(main.getByRole('list', { name: 'Nodes by operator' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row('second')).toContainText('no longer exists')
  await rename(join(folder, '..', 'kept.onnx'), watched('back.onnx'))
  await expect(place(/Needs attention\s*0/)).toBeVisible(slow)

  // What is watched stands in the settings; unwatched, its models stay.
  await page.keyboard.press('Control+,')
  const card = page.getByRole('region', { name: 'Watched folders' })
  await expect(card).toContainText(folder)
  await card.getByRole('button', { name: /Stop watching/ }).click()
  await expect(card.getByRole('button', { name: /Stop watching/ })).toBeHidden()
  await writeFile(watched('late.onnx'), 'not looked at')
  await rm(watched('late.onnx'))
  await place(/All models\s*2/).click()
  await expect(row('second')).toBeVisible()
}
