import { resolve } from 'node:path'
import { electronExecutable, expect, test, testSwitches } from '../harness/desktop.ts'
import { launchDirectly } from '../harness/launch-directly.ts'
import { descendants, runningProcesses } from '../harness/processes.ts'

const root = resolve(import.meta.dirname, '../..')

test('the app starts without a test tool around it, shows its window and ends when told to', async ({
  dataDirectory,
}) => {
  const args = [...testSwitches(), root, '--data', dataDirectory, '--port', '0']
  // By this variable `npm run dev` names its server; the built app must not let anyone replace its page.
  const environment = { ...process.env, ELECTRON_RENDERER_URL: 'http://127.0.0.1:9' }
  const app = await launchDirectly(electronExecutable(), args, { environment })
  try {
    await expect.poll(() => app.evaluate('document.querySelector("main").innerText')).toContain('Drop ONNX models here')
    expect(await app.evaluate('cabinet.endpoint()')).toMatchObject({ dataDirectory, attached: false })
    const children = descendants(app.pid).map(({ pid }) => pid)
    expect(await app.end()).toBe(0)
    await expect.poll(() => runningProcesses().filter(({ pid }) => children.includes(pid))).toEqual([])
  } finally {
    await app.end()
  }
})
