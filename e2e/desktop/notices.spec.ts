import { Job } from '../../src-contract/contract/admin/job.ts'
import { ask } from '../harness/ask.ts'
import { type Desktop, expect, test } from '../harness/desktop.ts'
import { importModel } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'

/** Records the notices of a window that is not in front. `press` clicks the last one. */
async function hearNotices(app: Desktop['app']) {
  const notices = await app.evaluateHandle(({ Notification, BrowserWindow }) => {
    const heard = { shown: [] as { title: string; body: string }[], press: () => {} }
    Notification.prototype.show = function show(this: Electron.Notification) {
      heard.shown.push({ title: this.title, body: this.body })
      heard.press = () => this.emit('click')
    }
    BrowserWindow.getFocusedWindow = () => null
    return heard
  })
  return {
    shown: () => notices.evaluate((heard) => heard.shown),
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

test('the system reports long work that ends while the window is not in front', async ({ desktop }) => {
  const { app, page } = desktop
  const { shown } = await hearNotices(app)
  const uuid = await importModel(desktop, models.legacy)
  const work = { Runs: 100_000, Dimensions: { sequence: 512 } }
  const { UUID } = Job.parse(await ask(page, 'POST', `/function/${uuid}/benchmark`, work))
  await untilLong(page, UUID, 'running')
  expect(await shown()).toEqual([])
  await ask(page, 'POST', `/jobs/${UUID}/cancel`)
  await expect.poll(shown).toEqual([{ title: 'Benchmark was cancelled', body: expect.any(String) }])
})

test('the notice of a long change of many models says what was changed, and leads to it', async ({ desktop }) => {
  const { app, page } = desktop
  const { shown, press } = await hearNotices(app)
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
      const job = await post('/functions/bulk', '{"All": true, "Change": {"Set": {"Starred": true}}}')
      return [job, await post(`/jobs/${JSON.parse(job).UUID}/pause`, '')]
    })
    uuid = Job.parse(JSON.parse(started ?? '')).UUID
    const { data } = Job.safeParse(JSON.parse(paused ?? ''))
    return data?.State === 'paused' && data.StartedAt !== null
  }
  // One that ended before it could be held up is no news.
  await expect.poll(held, { timeout: 30_000 }).toBe(true)
  await untilLong(page, uuid, 'paused')
  expect(await shown()).toEqual([])
  await ask(page, 'POST', `/jobs/${uuid}/resume`)
  await expect.poll(shown).toHaveLength(1)
  expect(await shown()).toEqual([{ title: '500 models starred', body: '' }])
  const activity = page.getByRole('dialog', { name: 'Activity' })
  await expect(activity).toBeHidden()
  await press()
  await expect(activity).toContainText('500 models starred')
})
