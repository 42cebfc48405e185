import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, launchDesktop, test } from '../harness/desktop.ts'
import { importModel } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { choose } from '../harness/native-menu.ts'

test('the cabinet moves to another folder, where every later start finds it', async ({ dataDirectory }) => {
  const [old, chosen] = [join(dataDirectory, 'old'), join(dataDirectory, 'chosen')]
  await mkdir(chosen, { recursive: true })
  // Where the choice is written down, on every system.
  const env = { ...process.env, XDG_DATA_HOME: dataDirectory, APPDATA: dataDirectory, HOME: dataDirectory }
  const first = await launchDesktop(old, [], { env })
  const uuid = await importModel(first, models.v5)
  await first.app.evaluate(({ app, dialog }, path) => {
    const state = { answer: 2, path }
    Object.assign(globalThis, { state })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [state.path] })
    dialog.showMessageBox = async () => ({ response: state.answer, checkboxChecked: false })
    app.relaunch = () => {}
  }, old)
  const askForFolder = () =>
    first.page.evaluate(() => window.cabinet?.chooseDataFolder().catch((error) => error.message))
  const set = (change: { path?: string; answer?: number }) =>
    first.app.evaluate((_, changed) => {
      Object.assign(Reflect.get(globalThis, 'state'), changed)
    }, change)

  expect(await askForFolder()).toBe('This is already the data folder.')
  await set({ path: join(old, 'files') })
  expect(await askForFolder()).toContain('is inside the current data folder')
  await set({ path: dataDirectory })
  expect(await askForFolder()).toContain('contains other files')
  await set({ path: chosen })
  expect(await askForFolder()).toBe('kept')

  await set({ answer: 0 })
  const closed = first.app.waitForEvent('close')
  await choose(first, 'File', 'Settings…')
  await first.page.getByRole('button', { name: 'Choose the data folder…' }).click()
  await closed

  const second = await launchDesktop(chosen, [], { folder: [], env })
  try {
    expect(await second.page.evaluate(() => window.cabinet?.endpoint())).toMatchObject({ dataDirectory: chosen })
    await expect(second.page.getByRole('row', { name: /silero_vad_v5/ })).toBeVisible()
    const path = `/function/${uuid}/download/silero_vad_v5.onnx`
    const get = { id: 'get', method: 'GET' as const, path, headers: { Range: 'bytes=0-9' } }
    expect((await second.page.evaluate((one) => window.cabinet?.request(one), get))?.status).toBe(206)
  } finally {
    await second.app.close()
  }
  // The old one is whole still.
  expect(await readdir(old)).toContain('cabinet.db')
})
