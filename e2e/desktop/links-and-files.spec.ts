import { readFile, realpath } from 'node:fs/promises'
import { type Desktop, expect, launchDesktop, startBeside, test } from '../harness/desktop.ts'
import { importModel } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { choose } from '../harness/native-menu.ts'

const heading = ({ page }: Desktop, name: RegExp) => page.getByRole('main').getByRole('heading', { level: 1, name })

const recentNames = ({ app }: Desktop) =>
  app.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File')?.submenu
    const recent = file?.items.find(({ label }) => label === 'Recent models')?.submenu
    return recent?.items.filter(({ type }) => type === 'normal').map(({ label }) => label)
  })

test('a link opens its model, at the first start and while the app runs', async ({ dataDirectory }) => {
  const first = await launchDesktop(dataDirectory)
  const uuid = await importModel(first, models.v5)
  const second = await importModel(first, models.v6)
  await first.app.close()

  const desktop = await launchDesktop(dataDirectory, [`model-cabinet://function/${uuid}`])
  try {
    await expect(heading(desktop, /silero_vad_v5/)).toBeVisible()
    // A second start hands its link over and ends.
    expect(await startBeside(dataDirectory, [`MODEL-CABINET://function/${second.toUpperCase()}`])).toBe(0)
    await expect(heading(desktop, /silero_vad_v6/)).toBeVisible()
    // macOS sends an event.
    await desktop.app.evaluate(({ app }, link) => {
      app.emit('open-url', { preventDefault() {} }, link)
    }, `model-cabinet://function/${uuid}`)
    await expect(heading(desktop, /silero_vad_v5/)).toBeVisible()
    // What names no function changes nothing.
    await desktop.app.evaluate(({ app }) => {
      app.emit('open-url', { preventDefault() {} }, 'model-cabinet://function/../../settings')
    })
    await expect(heading(desktop, /silero_vad_v5/)).toBeVisible()
  } finally {
    await desktop.app.close()
  }
})

test('a file that is opened with the app is imported, at the start and while the app runs', async ({
  dataDirectory,
}) => {
  const desktop = await launchDesktop(dataDirectory, [models.v5])
  try {
    await expect(desktop.page.getByRole('dialog')).toContainText('silero_vad_v5')
    await desktop.page.reload()
    await desktop.page.getByRole('contentinfo').waitFor()
    await desktop.app.evaluate(({ app }, path) => {
      app.emit('open-file', { preventDefault() {} }, path)
    }, models.v6)
    await expect(desktop.page.getByRole('dialog')).toContainText('silero_vad_v6')
  } finally {
    await desktop.app.close()
  }
})

test('a model is dragged out as a file of its own name, and is shown in its folder', async ({ desktop }) => {
  const { app, page } = desktop
  const uuid = await importModel(desktop, models.v5)
  await app.evaluate(({ BrowserWindow, shell }) => {
    const seen: { dragged: Electron.Item[]; shown: string[]; icons: boolean[] } = { dragged: [], shown: [], icons: [] }
    Object.assign(globalThis, { seen })
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents)
      contents.startDrag = (item) => {
        seen.dragged.push({ ...item, icon: '' })
        seen.icons.push(typeof item.icon !== 'string' && !item.icon.isEmpty())
      }
    shell.showItemInFolder = (path) => seen.shown.push(path)
  })
  const seen = () => app.evaluate(() => Reflect.get(globalThis, 'seen'))

  await page.evaluate((one) => {
    location.hash = `#/function/${one}`
  }, uuid)
  await page.getByRole('button', { name: 'Show in folder' }).click()
  await expect.poll(async () => (await seen()).shown).toHaveLength(1)
  const original = await readFile(models.v5)
  expect(original.equals(await readFile((await seen()).shown[0]))).toBe(true)

  await page.locator('[draggable]').first().dispatchEvent('dragstart')
  await expect.poll(async () => (await seen()).dragged).toHaveLength(1)
  const { dragged, icons } = await seen()
  expect(dragged[0].file).toMatch(/[\\/]silero_vad_v5\.onnx$/)
  expect(icons).toEqual([true])
  expect(original.equals(await readFile(dragged[0].file))).toBe(true)
  // A copy, which may be changed.
  expect(await realpath(dragged[0].file)).not.toBe(await realpath((await seen()).shown[0]))
})

test('the models looked at last are in the menu by their present names, until the list is cleared', async ({
  desktop,
}) => {
  const { page } = desktop
  expect(await recentNames(desktop)).toEqual(['Clear the list'])
  const v5 = await importModel(desktop, models.v5)
  const v6 = await importModel(desktop, models.v6)
  for (const uuid of [v5, v6]) {
    await page.evaluate((one) => {
      location.hash = `#/function/${one}?tab=signature`
    }, uuid)
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
  }
  await expect.poll(() => recentNames(desktop)).toEqual(['silero_vad_v6', 'silero_vad_v5', 'Clear the list'])
  await choose(desktop, 'File', 'Recent models', 'silero_vad_v5')
  await expect(heading(desktop, /silero_vad_v5/)).toBeVisible()

  const change = (method: 'PATCH' | 'DELETE', uuid: string, body?: string) =>
    page.evaluate(
      ([verb, one, text]) =>
        window.cabinet?.request({
          id: `change ${one}`,
          method: verb,
          path: `/function/${one}`,
          headers: { 'Content-Type': 'application/json' },
          ...(text !== undefined && { body: text }),
        }),
      [method, uuid, body] as const,
    )
  await change('PATCH', v5, '{"Name": "voice & noise"}')
  await change('DELETE', v6)
  await expect.poll(() => recentNames(desktop)).toEqual(['voice && noise', 'Clear the list'])
  await choose(desktop, 'File', 'Recent models', 'Clear the list')
  await expect.poll(() => recentNames(desktop)).toEqual(['Clear the list'])
})
