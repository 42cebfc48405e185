import { join } from 'node:path'
import { ask, runJob } from '../harness/ask.ts'
import { writeMany } from '../harness/built-models.ts'
import { type Desktop, expect, test } from '../harness/desktop.ts'
import { dropFiles } from '../harness/drop-files.ts'
import { createShots } from '../harness/shots.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'

const importDialog = ({ page }: Desktop) => page.getByRole('dialog', { name: 'Import models' })

/** A cabinet with so many models of a folder. */
const withModels = (desktop: Desktop, count: number, use: (folder: string) => Promise<void>) =>
  withTemporaryFolder(async (folder) => {
    await runJob(desktop.page, '/admin/import', { Paths: await writeMany(folder, count) })
    await use(folder)
  })

async function expectAlreadyHere(desktop: Desktop, count: number): Promise<void> {
  await importDialog(desktop).getByRole('button', { name: 'Import', exact: true }).click()
  const activity = desktop.page.getByRole('dialog', { name: 'Activity' })
  await expect(activity).toContainText(`${count} were already here`, { timeout: 20_000 })
}

test('selected rows that are dragged with Alt leave the window as their files', async ({ desktop }) => {
  const { app, page } = desktop
  await withModels(desktop, 6, async () => {
    for (const name of ['model-4', 'model-5'])
      await page
        .getByRole('row', { name })
        .getByRole('gridcell')
        .nth(2)
        .click({ modifiers: ['Control'] })
    await expect(page.getByRole('toolbar')).toContainText('2 selected')
    await app.evaluate(({ BrowserWindow }) => {
      const dragged: string[] = []
      Object.assign(globalThis, { dragged })
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents) contents.startDrag = (item) => dragged.push(...(item.files ?? [item.file]))
    })
    await page.getByRole('row', { name: 'model-4' }).dispatchEvent('dragstart', { altKey: true })
    const dragged = () => app.evaluate(() => Reflect.get(globalThis, 'dragged'))
    await expect.poll(async () => (await dragged()).length).toBe(2)
    expect(await dragged()).toContainEqual(expect.stringMatching(/model-4\.onnx$/))
  })
})

test('a folder that is dropped asks how it is imported', async ({ desktop }) => {
  await withModels(desktop, 10, async (folder) => {
    await dropFiles(desktop.page, [join(folder, 'part-0')])
    await expect(importDialog(desktop).getByRole('textbox', { name: /Folder/ })).toHaveValue(join(folder, 'part-0'))
    await createShots(desktop.page, 'desktop').take('folder-dropped')
    await expectAlreadyHere(desktop, 10)
  })
})

test('folders and files that are dropped on a catalogue are asked for at once, for that catalogue', async ({
  desktop,
}) => {
  const { page } = desktop
  await withModels(desktop, 21, async (folder) => {
    await ask(page, 'POST', '/catalogues', { Name: 'Trained' })
    const mixed = [join(folder, 'part-0'), join(folder, 'part-1'), join(folder, 'part-2', 'model-20.onnx')]
    const catalogue = page.getByRole('link', { name: /Trained/ })
    await expect(catalogue).toBeVisible()
    const place = await catalogue.boundingBox()
    if (place === null) throw new Error('the catalogue takes no room')
    await dropFiles(page, mixed, { x: place.x + 20, y: place.y + 10 })
    const dialog = importDialog(desktop)
    for (const path of mixed) await expect(dialog.getByText(path, { exact: true })).toBeVisible()
    await expect(dialog.getByRole('combobox', { name: 'Add to catalogue' })).toHaveValue('Trained')
    await createShots(page, 'desktop').take('folders-dropped')
    await expectAlreadyHere(desktop, 21)
  })
})
