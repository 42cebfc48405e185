import { electronExecutable, expect, test, testSwitches } from '../harness/desktop.ts'
import { importedFiles, importText } from '../harness/import-by-path.ts'
import { type DirectApp, launchDirectly } from '../harness/launch-directly.ts'
import { models } from '../harness/models.ts'
import { descendants, runningProcesses } from '../harness/processes.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'
import { makeUtilityApp } from '../harness/utility-cabinet/make-app.ts'

// Protects the way that the app is shipped: its cabinet and its readers are utility processes, whose children main starts and relays.

const utilities = (app: DirectApp) =>
  descendants(app.pid).filter(({ command }) => command.includes('--utility-sub-type=node.mojom.NodeService'))
const ask = (app: DirectApp, path: string) =>
  app.evaluate(`cabinet.request({ id: '${Math.random()}', method: 'GET', path: '${path}', headers: {} })
    .then(({ body }) => body)`)

if (process.platform === 'linux')
  test('a cabinet in a utility process imports, reads and runs a model, comes back when killed, and ends with the app', async ({
    dataDirectory,
  }) => {
    await withTemporaryFolder(async (folder) => {
      const environment = { ...process.env, ...(await makeUtilityApp(folder)) }
      const args = [...testSwitches(), folder, '--data', dataDirectory, '--port', '0']
      const app = await launchDirectly(electronExecutable(), args, { environment })
      try {
        expect(await app.evaluate('cabinet.endpoint()')).toMatchObject({ dataDirectory, attached: false })
        // No Node runs the cabinet: each one that there is answers for SQLite.
        expect(descendants(app.pid).filter(({ command }) => /(cabinet|reader)\.cjs/.test(command))).toEqual([])
        const imported = importedFiles(await app.evaluate(importText([models.v5])))
        expect(imported).toMatchObject([{ outcome: 'imported' }])
        await expect.poll(() => ask(app, '/functions?Limit=1'), { timeout: 30_000 }).toContain('"Runs":true')

        const before = utilities(app).map(({ pid }) => pid)
        // The cabinet was started first; its readers and the runtimes are children that main keeps for it.
        process.kill(Math.min(...before), 'SIGKILL')
        await expect.poll(() => runningProcesses().filter(({ pid }) => before.includes(pid))).toEqual([])
        expect(await ask(app, '/functions?Limit=1')).toContain('silero_vad_v5')

        const children = descendants(app.pid).map(({ pid }) => pid)
        process.kill(app.pid, 'SIGKILL')
        await expect.poll(() => runningProcesses().filter(({ pid }) => children.includes(pid))).toEqual([])
      } finally {
        await app.end()
      }
    })
  })
