import { join } from 'node:path'
import { expect, launchDesktop, test } from '../harness/desktop.ts'
import { dropFiles } from '../harness/drop-files.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'
import { desktopWindow } from '../harness/window.ts'
import { collection, importExport } from '../journeys/collection.ts'

test('a collection: a queue, catalogues, many at once, and an export that another cabinet imports', async ({
  desktop,
}) => {
  test.setTimeout(240_000)
  await withTemporaryFolder(async (folder) => {
    const window = desktopWindow(desktop, folder)
    const exported = await collection(window, folder)

    // A row that is dragged with Alt leaves the window as its file.
    const { app, page } = desktop
    await app.evaluate(({ BrowserWindow }) => {
      const dragged: string[] = []
      Object.assign(globalThis, { dragged })
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents) contents.startDrag = (item) => dragged.push(...(item.files ?? [item.file]))
    })
    await page.getByRole('row', { name: /\bmodel-4\b/ }).dispatchEvent('dragstart', { altKey: true })
    const dragged = () => app.evaluate(() => Reflect.get(globalThis, 'dragged'))
    await expect.poll(async () => (await dragged()).length).toBe(2)
    expect(await dragged()).toContainEqual(expect.stringMatching(/model-4\.onnx$/))

    // A folder that is dropped asks how it is to be taken.
    await window.drop([join(folder, 'part-0')])
    const dialog = page.getByRole('dialog', { name: 'Import models' })
    await expect(dialog.getByRole('textbox', { name: /Folder/ })).toHaveValue(join(folder, 'part-0'))
    await window.shots.take('folder-dropped')
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'Activity' })).toContainText('10 were already here', {
      timeout: 20_000,
    })

    // Several, and files beside them, are asked for at once, for the catalogue that they were dropped on.
    const mixed = [join(folder, 'part-0'), join(folder, 'part-1'), join(folder, 'part-2', 'model-20.onnx')]
    const place = await page.getByRole('link', { name: /Trained/ }).boundingBox()
    await dropFiles(page, mixed, { x: (place?.x ?? 0) + 20, y: (place?.y ?? 0) + 10 })
    for (const path of mixed) await expect(dialog.getByText(path, { exact: true })).toBeVisible()
    await expect(dialog.getByRole('combobox', { name: 'Add to catalogue' })).toHaveValue('Trained')
    await window.shots.take('folders-dropped')
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'Activity' })).toContainText('21 were already here', {
      timeout: 20_000,
    })

    await withTemporaryFolder(async (data) => {
      const other = await launchDesktop(data)
      try {
        await importExport(desktopWindow(other, folder), exported)
      } finally {
        await other.app.close()
      }
    })
  })
})
