import { type Desktop, expect, launchDesktop, startBeside, test } from '../harness/desktop.ts'
import { importedFiles, importText } from '../harness/import-by-path.ts'
import { models } from '../harness/models.ts'
import { withPorts } from '../harness/ports.ts'
import { cabinetProcess, descendants, runningProcesses } from '../harness/processes.ts'
import { startServe } from '../harness/serve.ts'

const get = ({ page }: Desktop, path: string) =>
  page.evaluate(async (asked) => {
    if (!window.cabinet) throw new Error('the bridge is missing')
    return window.cabinet.request({ id: `test ${Math.random()}`, method: 'GET', path: asked, headers: {} })
  }, path)

const importModel = async ({ page }: Desktop, path: string) => importedFiles(await page.evaluate(importText([path])))[0]

test('a cabinet that is killed is back by itself, with all that was saved', async ({ desktop }) => {
  const added = await importModel(desktop, models.v5)
  expect(added).toMatchObject({ outcome: 'imported' })
  const before = cabinetProcess(desktop.pid)
  if (!before) throw new Error('the cabinet has no process')
  await desktop.page.evaluate(() => {
    const told: string[] = []
    Object.assign(window, { told })
    window.cabinet?.onSupervisor(({ state }) => told.push(state))
  })

  process.kill(before.pid, 'SIGKILL')
  // The main process must notice before the question makes sense.
  await expect.poll(() => desktop.page.evaluate(() => Reflect.get(window, 'told'))).toContain('restarting')
  expect(await get(desktop, `/function/${added?.uuid}`)).toMatchObject({ status: 200 })
  expect(await desktop.page.evaluate(() => Reflect.get(window, 'told'))).toEqual(['ready', 'restarting', 'ready'])
  expect(cabinetProcess(desktop.pid)?.pid).not.toBe(before.pid)
})

test('the window says that the cabinet ended, and by itself that all is well again', async ({ desktop }) => {
  const { page } = desktop
  const bar = page.getByRole('contentinfo')
  await expect(bar).toContainText('Cabinet healthy')
  await page.evaluate(() => {
    const words: string[] = []
    Object.assign(window, { words })
    const footer = document.querySelector('footer')
    if (footer)
      new MutationObserver(() => words.push(footer.textContent ?? '')).observe(footer, {
        subtree: true,
        childList: true,
        characterData: true,
      })
  })
  process.kill(cabinetProcess(desktop.pid)?.pid ?? 0, 'SIGKILL')
  const words = () => page.evaluate(() => String(Reflect.get(window, 'words')))
  await expect.poll(words).toContain('The cabinet crashed and is restarting. Saved data is not affected.')
  await expect(bar).toContainText('Cabinet healthy')
  // What is asked next is answered as if nothing had been.
  await importModel(desktop, models.v6)
  await expect(page.getByRole('row', { name: /silero_vad_v6/ })).toBeVisible()
})

test('it comes back again and again', async ({ desktop }) => {
  for (let round = 0; round < 3; round++) {
    await expect.poll(async () => (await get(desktop, '/status')).status).toBe(200)
    const pid = cabinetProcess(desktop.pid)?.pid ?? 0
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => runningProcesses().some((one) => one.pid === pid)).toBe(false)
  }
  expect(await get(desktop, '/functions?Limit=1')).toMatchObject({ status: 200 })
})

test('an app that is killed leaves no process behind', async ({ dataDirectory }) => {
  const desktop = await launchDesktop(dataDirectory)
  await importModel(desktop, models.v5)
  // Once the check "runs here" is done, every kind of process has been started.
  await expect.poll(async () => (await get(desktop, '/functions?Limit=1')).body).toContain('"Runs":true')
  const children = descendants(desktop.pid).map(({ pid }) => pid)
  expect(children.length).toBeGreaterThan(3)

  process.kill(desktop.pid, 'SIGKILL')
  const left = () => runningProcesses().filter(({ pid }) => children.includes(pid))
  await expect.poll(left).toEqual([])
})

test('an app that is closed leaves no process behind', async ({ dataDirectory }) => {
  const desktop = await launchDesktop(dataDirectory)
  expect(await get(desktop, '/status')).toMatchObject({ status: 200 })
  const children = descendants(desktop.pid).map(({ pid }) => pid)
  await desktop.app.close()
  const left = () => runningProcesses().filter(({ pid }) => children.includes(pid))
  await expect.poll(left).toEqual([])
})

test('a window attaches to a cabinet that is served already, and takes over when that ends', async ({
  dataDirectory,
}) => {
  const served = await startServe(dataDirectory)
  const desktop = await launchDesktop(dataDirectory)
  try {
    expect(await desktop.page.evaluate(() => window.cabinet?.endpoint())).toMatchObject({
      url: served.url,
      attached: true,
    })
    expect(cabinetProcess(desktop.pid)).toBeUndefined()
    const events = desktop.page.evaluate(
      () =>
        new Promise((resolve) =>
          window.cabinet?.onEvent((event) => event.Kind === 'function.created' && resolve(event)),
        ),
    )
    expect(await importModel(desktop, models.v5)).toMatchObject({ outcome: 'imported' })
    expect(await importModel(desktop, models.v5)).toMatchObject({ outcome: 'present' })
    expect(await events).toMatchObject({ By: expect.any(String) })
    const list = await fetch(`${served.url}/functions`, { headers: { Authorization: `Bearer ${served.token}` } })
    expect(await list.json()).toHaveLength(1)

    await served.stop()
    await expect
      .poll(() => desktop.page.evaluate(() => window.cabinet?.endpoint()), { timeout: 10_000 })
      .toMatchObject({ attached: false })
    expect((await get(desktop, '/functions?Limit=5')).body).toContain('silero_vad_v5')
  } finally {
    await served.stop()
    await desktop.app.close()
  }
})

test('a window that is attached to a served cabinet goes on when its settings move the port', async ({
  dataDirectory,
}) => {
  await withPorts(async ({ free }) => {
    const served = await startServe(dataDirectory, undefined, [])
    const desktop = await launchDesktop(dataDirectory)
    const { page } = desktop
    try {
      const bar = page.getByRole('contentinfo')
      await expect(bar).toContainText(new URL(served.url).host)
      await page.evaluate(() => {
        const told: string[] = []
        Object.assign(window, { told })
        window.cabinet?.onSupervisor(({ state }) => told.push(state))
      })
      await page.keyboard.press('Control+,')
      const port = page.getByRole('region', { name: 'Limits and network' }).getByRole('textbox', { name: 'Port' })
      await port.fill(String(free))
      await page.keyboard.press('Enter')
      await expect(bar).toContainText(`127.0.0.1:${free}`)
      await expect(port).toHaveValue(String(free))

      // What another program does there is shown as before.
      const authorised = { Authorization: `Bearer ${served.token}`, 'Content-Type': 'application/json' }
      const body = JSON.stringify({ Name: 'Elsewhere' })
      await fetch(`http://127.0.0.1:${free}/catalogues`, { method: 'POST', headers: authorised, body })
      await expect(page.getByRole('navigation').getByRole('link', { name: /Elsewhere/ })).toBeVisible()
      expect(await importModel(desktop, models.v5)).toMatchObject({ outcome: 'imported' })
      // Nothing was said to have ended.
      expect(await page.evaluate(() => Reflect.get(window, 'told'))).not.toContain('restarting')
    } finally {
      await served.stop()
      await desktop.app.close()
    }
  })
})

test('a second start on the same folder hands over its files and ends', async ({ desktop, dataDirectory }) => {
  const opened = desktop.page.evaluate(
    () => new Promise((resolve) => window.cabinet?.onOpenPaths((paths) => resolve(paths))),
  )
  expect(await startBeside(dataDirectory, [models.v6])).toBe(0)
  expect(await opened).toEqual([models.v6])
})
