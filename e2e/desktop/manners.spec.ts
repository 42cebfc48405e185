import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { Job } from '../../src-contract/contract/admin/job.ts'
import { ask } from '../harness/ask.ts'
import { type Desktop, expect, launchDesktop, startBeside, test } from '../harness/desktop.ts'
import { importModel, importModels } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { choose } from '../harness/native-menu.ts'
import { createShots } from '../harness/shots.ts'

// What people expect of any program on their desktop.

const heading = ({ page }: Desktop, name: RegExp) => page.getByRole('main').getByRole('heading', { level: 1, name })

const recentNames = ({ app }: Desktop) =>
  app.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File')?.submenu
    const recent = file?.items.find(({ label }) => label === 'Recent models')?.submenu
    return recent?.items.filter(({ type }) => type === 'normal').map(({ label }) => label)
  })

/** Takes down what the system would tell of a window that is not in front. `press` is a press on the last notice. */
async function hearNotices(app: Desktop['app']) {
  const notices = await app.evaluateHandle(({ Notification, BrowserWindow }) => {
    const heard = { told: [] as { title: string; body: string }[], press: () => {} }
    Notification.prototype.show = function show(this: Electron.Notification) {
      heard.told.push({ title: this.title, body: this.body })
      heard.press = () => this.emit('click')
    }
    BrowserWindow.getFocusedWindow = () => null
    return heard
  })
  return {
    told: () => notices.evaluate((heard) => heard.told),
    press: () => notices.evaluate((heard) => heard.press()),
  }
}

/** Waits until a job has lasted for longer than the five seconds from which on its end is news. */
async function untilLong(page: Desktop['page'], uuid: string, state: Job['State']): Promise<void> {
  const lasted = async () => {
    const { State, StartedAt } = Job.parse(await ask(page, 'GET', `/jobs/${uuid}`))
    return State === state && StartedAt !== null && Date.now() - Date.parse(StartedAt) > 5_500
  }
  await expect.poll(lasted, { timeout: 30_000 }).toBe(true)
}

test('the native menu has the system roles, and every command of its own does something', async ({ desktop }) => {
  const { app, page } = desktop
  const roles = await app.evaluate(({ Menu }) => {
    const all = (menu: Electron.Menu | null | undefined): (string | undefined)[] =>
      (menu?.items ?? []).flatMap((item) => [item.role?.toLowerCase(), ...all(item.submenu)])
    return all(Menu.getApplicationMenu()).filter(Boolean)
  })
  expect(roles).toEqual(
    expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectall', 'zoomin', 'zoomout', 'resetzoom']),
  )
  expect(roles).toEqual(expect.arrayContaining(['togglefullscreen', 'minimize', 'quit', 'about']))

  await choose(desktop, 'File', 'Import models…')
  await expect(page.getByRole('dialog', { name: 'Import models' })).toBeVisible()
  await page.keyboard.press('Escape')
  await choose(desktop, 'View', 'Command palette…')
  await expect(
    page.getByRole('dialog').getByRole('combobox').or(page.getByRole('dialog').getByRole('textbox')),
  ).toBeFocused()
  await page.keyboard.press('Escape')
  await choose(desktop, 'File', 'Settings…')
  await expect(heading(desktop, /Settings/)).toBeVisible()
  await choose(desktop, 'View', 'All models')
  await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
  await choose(desktop, 'View', 'Back')
  await expect(heading(desktop, /Settings/)).toBeVisible()
  await choose(desktop, 'View', 'Forward')
  await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
  await app.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ role }) => role?.toLowerCase() === 'help')
    help?.submenu?.items.find(({ label }) => label === 'Keyboard shortcuts')?.click()
  })
  await expect(page.getByRole('dialog')).toContainText('Go to a tab')
  await page.keyboard.press('Escape')
  await choose(desktop, 'File', 'New catalogue…')
  await page.getByRole('textbox', { name: 'Name of the new catalogue' }).fill('Vision')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation').getByRole('link', { name: /Vision/ })).toBeVisible()
})

test('the window comes back where it was, with its zoom and its colours from the first moment', async ({
  dataDirectory,
}) => {
  const bounds = { x: 60, y: 50, width: 900, height: 640 }
  const first = await launchDesktop(dataDirectory)
  await first.app.evaluate(({ BrowserWindow }, there) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setBounds(there)
    window?.webContents.setZoomLevel(1)
  }, bounds)
  const seen = (desktop: Desktop) =>
    desktop.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return { bounds: window?.getBounds(), zoom: window?.webContents.getZoomLevel() }
    })
  // What stands behind the page until that is painted.
  const behind = (desktop: Desktop) =>
    desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toLowerCase())
  expect(await behind(first)).toBe('#ffffff')
  await choose(first, 'File', 'Settings…')
  await first.page.getByText('Dark', { exact: true }).click()
  await expect(first.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect.poll(() => seen(first)).toMatchObject({ bounds: { width: 900, height: 640 }, zoom: 1 })
  const left = await seen(first)
  await first.app.close()

  const second = await launchDesktop(dataDirectory)
  try {
    await expect.poll(() => seen(second)).toEqual(left)
    expect(await behind(second)).toBe('#141817')
    await expect(second.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  } finally {
    await second.app.close()
  }
})

test('a link opens its function, in the first start and in every later one', async ({ dataDirectory }) => {
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
    // macOS tells by an event.
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

test('a file that is opened with the app is shown, at the start and later', async ({ dataDirectory }) => {
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

test('the models looked at last are in the menu, by their present names', async ({ desktop }) => {
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
  // Whoever takes the copy may do with it what they want.
  expect(await realpath(dragged[0].file)).not.toBe(await realpath((await seen()).shown[0]))
})

test('long work that ends while the window is not in front is told by the system', async ({ desktop }) => {
  const { app, page } = desktop
  const { told } = await hearNotices(app)
  const uuid = await importModel(desktop, models.legacy)
  const work = { Runs: 100_000, Dimensions: { sequence: 512 } }
  const { UUID } = Job.parse(await ask(page, 'POST', `/function/${uuid}/benchmark`, work))
  await untilLong(page, UUID, 'running')
  expect(await told()).toEqual([])
  await ask(page, 'POST', `/jobs/${UUID}/cancel`)
  await expect.poll(told).toEqual([{ title: 'Benchmark was cancelled', body: expect.any(String) }])
})

test('a long change of many models is told by what it did', async ({ desktop }) => {
  const { app, page } = desktop
  const { told } = await hearNotices(app)
  await page.evaluate(async () => {
    const drivers = { InputDriver: 'vision', InputDriverDetails: {}, OutputDriver: 'vision', OutputDriverDetails: {} }
    const headers = { 'Content-Type': 'application/json' }
    // More than are changed in one transaction, so that the change can be held up in its middle.
    const made = Array.from({ length: 500 }, (_, at) => {
      const body = JSON.stringify({ ...drivers, Name: `model ${at}` })
      return window.cabinet?.request({ id: `model ${at}`, method: 'POST', path: '/functions', headers, body })
    })
    await Promise.all(made)
  })
  let uuid = ''
  const held = async () => {
    const [started, paused] = await page.evaluate(async () => {
      const headers = { 'Content-Type': 'application/json' }
      const post = async (path: string, body: string) =>
        (await window.cabinet?.request({ id: path, method: 'POST', path, headers, body }))?.body ?? ''
      const job = await post('/functions/bulk', '{"Filter": {}, "Change": {"Set": {"Starred": true}}}')
      return [job, await post(`/jobs/${JSON.parse(job).UUID}/pause`, '')]
    })
    uuid = Job.parse(JSON.parse(started ?? '')).UUID
    const { data } = Job.safeParse(JSON.parse(paused ?? ''))
    return data?.State === 'paused' && data.StartedAt !== null
  }
  // One that ended before it could be held up is no news.
  await expect.poll(held, { timeout: 30_000 }).toBe(true)
  await untilLong(page, uuid, 'paused')
  expect(await told()).toEqual([])
  await ask(page, 'POST', `/jobs/${uuid}/resume`)
  await expect.poll(told).toHaveLength(1)
  expect(await told()).toEqual([{ title: '500 models starred', body: '' }])
})

test('the end of a long import is told by the system, and the notice opens what became of it', async ({ desktop }) => {
  const { app, page } = desktop
  const { told, press } = await hearNotices(app)
  await importModels(page, [models.v5])
  // Batch after batch, for longer than the five seconds from which on it is news.
  const again = await page.evaluate(async (path) => {
    let count = 0
    for (const began = performance.now(); performance.now() - began < 6_000; count++)
      await window.cabinet?.importPaths({ id: `batch ${count}`, paths: [path] }, () => {})
    return count
  }, models.v5)
  // On a busy machine the first import may be one of its own.
  await expect
    .poll(async () => (await told()).at(-1))
    .toEqual({ title: 'Import finished', body: expect.stringMatching(`(^|, )${again} already here$`) })

  await expect(page.getByRole('dialog', { name: 'Activity' })).toBeHidden()
  await press()
  const activity = page.getByRole('dialog', { name: 'Activity' })
  await expect(activity).toContainText('1 imported')
})

// Elsewhere the system itself keeps the list.
if (process.platform === 'linux')
  test('the app starts with the machine when asked to', async ({ dataDirectory }) => {
    const env = { ...process.env, XDG_CONFIG_HOME: join(dataDirectory, 'config') }
    const desktop = await launchDesktop(dataDirectory, [], { env })
    const { page } = desktop
    const entry = () =>
      readFile(join(dataDirectory, 'config/autostart/model-cabinet.desktop'), 'utf8').catch(() => null)
    try {
      await choose(desktop, 'File', 'Settings…')
      const start = page.getByRole('switch', { name: 'Start when I sign in' })
      await expect(start).not.toBeChecked()
      expect(await entry()).toBeNull()
      await start.click({ force: true })
      await expect.poll(entry).toContain(`"--data" "${dataDirectory}"`)
      await expect(start).toBeChecked()
      await page.getByRole('region', { name: 'This computer' }).scrollIntoViewIfNeeded()
      await createShots(page, 'desktop').take('settings-computer')
      await start.click({ force: true })
      await expect.poll(entry).toBeNull()
    } finally {
      await desktop.app.close()
    }
  })

test('who asks the system for less motion or more contrast gets it', async ({ desktop }) => {
  const { page } = desktop
  await importModel(desktop, models.v5)
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  await row.click({ position: { x: 200, y: 10 } })
  const outline = () => page.locator('[data-current]').evaluate((one) => getComputedStyle(one).outlineStyle)
  await page.emulateMedia({ forcedColors: 'active' })
  expect(await outline()).toBe('solid')
  // A dot that is only a background is seen all the same; under the pointer it makes way for the mark.
  await page.mouse.move(20, 500)
  const dot = row.getByRole('img', { name: 'Runs here' })
  await expect(dot).toBeVisible({ timeout: 20_000 })
  const colour = () => dot.evaluate((one) => getComputedStyle(one).backgroundColor)
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  expect(await colour()).not.toBe(ground)
  await page.emulateMedia({ forcedColors: 'none', contrast: 'more' })
  const line = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--line').trim())
  const strong = await line()
  await page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'reduce' })
  expect(await line()).not.toBe(strong)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  const moving = await page.evaluate(
    () => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 0).length,
  )
  expect(moving).toBe(0)
})
