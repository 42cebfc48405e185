import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { test as base, expect } from '@playwright/test'
import { testSwitches } from '../harness/desktop.ts'
import { importedFiles, importText } from '../harness/import-by-path.ts'
import { launchDirectly } from '../harness/launch-directly.ts'
import { models } from '../harness/models.ts'
import { packApp, resourcesOf } from '../harness/packaged-app.ts'
import { runProgram } from '../harness/run-program.ts'
import { startServe } from '../harness/serve.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'

// The app as it is shipped: packed, with Electron's fuses flipped (point 19 of its security checklist).

const test = base.extend<{ folder: string }, { program: string }>({
  program: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => withTemporaryFolder(async (output) => use(await packApp(output))),
    { scope: 'worker', timeout: 300_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  folder: async ({}, use) => withTemporaryFolder(use),
})

/** How a fuse stands in the program: as the character 0 or 1. */
const state = (character: '0' | '1') => character.charCodeAt(0)

test('the fuses are flipped', async ({ program }) => {
  const wire = await getCurrentFuseWire(program)
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ]
  const on = [
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
    FuseV1Options.EnableCookieEncryption,
  ]
  for (const fuse of off) expect(wire[fuse], FuseV1Options[fuse]).toBe(state('0'))
  for (const fuse of on) expect(wire[fuse], FuseV1Options[fuse]).toBe(state('1'))
})

test('its window starts, imports a model and checks whether it runs', async ({ program, folder }) => {
  const app = await launchDirectly(program, [...testSwitches(), '--data', folder, '--port', '0'])
  try {
    const imported = importedFiles(await app.evaluate(importText([models.v5])))
    expect(imported).toMatchObject([{ outcome: 'imported' }])
    const list = `cabinet.request({ id: '2', method: 'GET', path: '/functions?Limit=1', headers: {} }).then(({ body }) => body)`
    await expect.poll(() => app.evaluate(list), { timeout: 20_000 }).toContain('"Runs":true')
    expect(await app.end()).toBe(0)
  } finally {
    await app.end()
  }
})

test('it cannot be made a Node, loaded into, or debugged', async ({ program, folder }) => {
  const trace = join(folder, 'loaded')
  const intruder = join(folder, 'intruder.cjs')
  await writeFile(intruder, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '')`)
  const environment = {
    ...process.env,
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: `--require ${JSON.stringify(intruder)}`,
  }
  const asked = await runProgram(program, ['--inspect=0', ...testSwitches(), 'inspect', models.v5], environment)
  // As a Node it would look for a script named "inspect".
  expect(asked).toMatchObject({ code: 0, output: expect.stringContaining('silero_vad_v5.onnx') })
  expect(asked.errors).not.toContain('Debugger listening')
  expect(existsSync(trace)).toBe(false)
})

test('it answers model-cabinet serve and model-cabinet inspect', async ({ program, folder }) => {
  const served = await startServe(folder, [program, ...testSwitches(), 'serve'])
  try {
    const headers = { Authorization: `Bearer ${served.token}` }
    expect(await (await fetch(`${served.url}/functions`, { headers })).json()).toEqual([])
    expect(await (await fetch(served.url)).text()).toContain('<div id="root">')
    const second = await runProgram(program, [...testSwitches(), 'serve', '--data', folder, '--port', '0'])
    expect(second.code).toBe(1)
    expect(second.errors).toMatch(/Process \d+ already has the cabinet/)
  } finally {
    await served.stop()
  }
  const report = await runProgram(program, [...testSwitches(), 'inspect', '--json', '--run', models.v6])
  expect(report.code).toBe(0)
  expect(JSON.parse(report.output)).toMatchObject({ Path: models.v6, Report: { Runtime: { State: 'ok' } } })
  expect(await runProgram(program, [...testSwitches(), 'inspect', join(folder, 'missing.onnx')])).toMatchObject({
    code: 1,
  })
})

// Last, for it breaks the app.
test('it loads nothing but its own archive', async ({ program, folder }) => {
  const resources = resourcesOf(program)
  const trace = join(folder, 'planted')
  await rename(join(resources, 'app.asar'), join(resources, 'aside.asar'))
  await mkdir(join(resources, 'app'))
  await writeFile(join(resources, 'app', 'package.json'), '{"name": "planted", "main": "planted.js"}')
  await writeFile(
    join(resources, 'app', 'planted.js'),
    `require('node:fs').writeFileSync(${JSON.stringify(trace)}, ''); require('electron').app.exit(0)`,
  )
  try {
    await runProgram(program, [...testSwitches(), 'inspect', models.v5])
    expect(existsSync(trace)).toBe(false)
  } finally {
    await rm(join(resources, 'app'), { recursive: true })
    await rename(join(resources, 'aside.asar'), join(resources, 'app.asar'))
  }
})
