import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { startForeignSite } from '../harness/foreign-site.ts'
import { importedFiles, importText } from '../harness/import-by-path.ts'
import { models } from '../harness/models.ts'
import { shareDesktop } from '../harness/shared-desktop.ts'

// Electron's security checklist, points 11 to 17 and 20: what a page can make the app do. See security-page.spec.ts.

const root = resolve(import.meta.dirname, '../..')
const desktop = shareDesktop()
let site: Awaited<ReturnType<typeof startForeignSite>>
test.beforeAll(async () => {
  site = await startForeignSite()
})
test.afterAll(() => site.stop())

/** Calls the bridge with what its types forbid; tells the status of the answer, or the message of the refusal. */
const callWrongly = (name: string, args: unknown[]) =>
  desktop().page.evaluate(
    async ([called, given]) => {
      const call: unknown = Reflect.get(window.cabinet ?? {}, called)
      if (typeof call !== 'function') throw new Error(`the bridge has no ${called}`)
      try {
        return Reflect.get(Object(await call(...given, () => {})), 'status')
      } catch (error) {
        return error instanceof Error ? error.message : ''
      }
    },
    [name, args] as const,
  )

/** Addresses that the app asked the system to open since this was last asked; nothing is really opened. */
const openedOutside = () =>
  desktop().app.evaluate(({ shell, app }) => {
    const opened: string[] = Reflect.get(app, 'opened') ?? []
    Reflect.set(app, 'opened', [])
    shell.openExternal = async (url) => {
      Reflect.get(app, 'opened').push(url)
    }
    return opened
  })
test.beforeEach(openedOutside)

const hostile = [
  'file:///etc/passwd',
  'http://example.com/',
  'javascript:alert(1)',
  'smb://example.com/share',
  'ms-msdt:/id',
  'vscode://file/etc/passwd',
  'mailto:someone@example.com',
  'data:text/html,hello',
  'https://user:secret@example.com/',
  'not a url',
  '',
]

test('11 and 12: no webview can be made, not even by a page that has the tag', async () => {
  const { app, page } = desktop()
  expect(await page.evaluate(() => 'loadURL' in document.createElement('webview'))).toBe(false)

  const tried = await app.evaluate(async ({ BrowserWindow, webContents }, url) => {
    const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true, sandbox: true } })
    await window.loadURL('app://cabinet/')
    const asked = new Promise<boolean>((done) =>
      window.webContents.once('will-attach-webview', ({ defaultPrevented }) => done(defaultPrevented)),
    )
    await window.webContents.executeJavaScript(
      `document.body.insertAdjacentHTML('beforeend', '<webview src="${url}" allowpopups></webview>')`,
    )
    const prevented = await asked
    // The page is answered after whatever came of its webview.
    await window.webContents.executeJavaScript('1')
    const kinds = webContents.getAllWebContents().map((contents) => contents.getType())
    window.destroy()
    return { prevented, kinds }
  }, site.url)
  expect(tried.prevented).toBe(true)
  expect(tried.kinds).not.toContain('webview')
  expect(site.requests()).toBe(0)
})

test('13: the page cannot leave the app', async () => {
  const { app, page } = desktop()
  const home = page.url()
  // An attempt is over when the window has stopped loading, or when Chromium itself has said no to the page.
  await app.evaluate(({ BrowserWindow }) => {
    Reflect.set(globalThis, 'stops', 0)
    BrowserWindow.getAllWindows()[0]?.webContents.on('did-stop-loading', () =>
      Reflect.set(globalThis, 'stops', Reflect.get(globalThis, 'stops') + 1),
    )
  })
  let refusals = 0
  page.on('console', (message) => {
    if (/^Not allowed to (?:load|navigate)/.test(message.text())) refusals += 1
  })
  let attempts = 0
  for (const address of [site.url, 'file:///etc/hosts', 'data:text/html,hello', 'app://elsewhere/']) {
    for (const way of ['link', 'location']) {
      await page.evaluate(
        ([url, by]) => {
          if (by === 'location') return location.assign(url)
          const link = document.createElement('a')
          link.href = url
          document.body.append(link)
          link.click()
          link.remove()
        },
        [address, way] as const,
      )
      attempts += 1
      await expect
        .poll(async () => refusals + (await app.evaluate(() => Reflect.get(globalThis, 'stops'))), `${way} ${address}`)
        .toBe(attempts)
      expect(page.url()).toBe(home)
    }
  }
  const blocked = await page.evaluate(async (url) => {
    const directives = new Set<string>()
    const both = new Promise((done) =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        directives.add(effectiveDirective)
        if (directives.size === 2) done(undefined)
      }),
    )
    const frame = document.createElement('iframe')
    frame.src = url
    document.body.append(frame)
    const form = document.createElement('form')
    form.action = url
    form.method = 'post'
    document.body.append(form)
    form.submit()
    await both
    return [...directives].sort()
  }, site.url)
  expect(blocked).toEqual(['form-action', 'frame-src'])
  expect(page.url()).toBe(home)
  expect(site.requests()).toBe(0)
  expect(await openedOutside()).toEqual([])
  // A link to an https page leaves by the browser, as checked as any other.
  await page.evaluate(() => {
    location.assign('https://onnx.ai/plain')
  })
  await expect.poll(openedOutside).toEqual(['https://onnx.ai/plain'])
  expect(page.url()).toBe(home)
})

test('14: the page cannot open windows; an https link goes to the browser', async () => {
  const { app, page } = desktop()
  const opened = await page.evaluate(
    (addresses) => addresses.map((url) => window.open(url) === null),
    [site.url, 'app://cabinet/', 'about:blank', 'https://onnx.ai/'],
  )
  expect(opened).toEqual([true, true, true, true])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await expect.poll(openedOutside).toEqual(['https://onnx.ai/'])
})

test('15: the system is asked to open https pages only, and pages of the own port (CVE-2026-43899)', async () => {
  const { page } = desktop()
  const ask = (url: string) =>
    page.evaluate(
      (asked) =>
        window.cabinet?.openExternal(asked).then(
          () => 'opened',
          (error: Error) => error.message,
        ),
      url,
    )
  for (const url of hostile) expect(await ask(url), url).toBe('Only https pages are opened in the browser.')
  expect(await openedOutside()).toEqual([])

  const endpoint = await page.evaluate(() => window.cabinet?.endpoint())
  expect(await ask('https://onnx.ai/about')).toBe('opened')
  expect(await ask(`${endpoint?.url}/openapi.html`)).toBe('opened')
  expect(await ask('http://127.0.0.1:1/')).toBe('Only https pages are opened in the browser.')
  expect(await openedOutside()).toEqual(['https://onnx.ai/about', `${endpoint?.url}/openapi.html`])
})

test('16: the app is built for one exact, current Electron, and any other is named as such', async () => {
  const { devDependencies } = z
    .object({ devDependencies: z.object({ electron: z.string() }) })
    .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
  const [, major] = /^(\d+)\.\d+\.\d+$/.exec(devDependencies.electron) ?? []
  expect(Number(major)).toBeGreaterThanOrEqual(45)
  const builder = await readFile(join(root, 'electron-builder.yml'), 'utf8')
  expect(builder).not.toMatch(/electronVersion|electronDist/)
})

test('17: only the own page, in the main frame, is answered', async () => {
  const { app, page } = desktop()
  const foreign = await app.evaluate(async ({ BrowserWindow, app: electronApp }, url) => {
    const { join: joined } = process.mainModule?.require('node:path') ?? {}
    const preload = joined(electronApp.getAppPath(), 'out', 'preload', 'index.cjs')
    const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await window.loadURL(url)
    const answers = await window.webContents.executeJavaScript(`Promise.all([
        cabinet.request({ id: '1', method: 'GET', path: '/functions', headers: {} }),
        cabinet.endpoint(), cabinet.copyCredential('token'), cabinet.openExternal('https://onnx.ai/'),
        cabinet.request({ id: '2', method: 'POST', path: '/admin/import', headers: {}, body: '{}' }),
      ].map((call) => call.then(() => 'answered', (error) => error.message)))`)
    window.destroy()
    return answers
  }, site.url)
  expect(foreign).toEqual(Array(5).fill('Only the Model Cabinet window may do this.'))
  expect(await openedOutside()).toEqual([])
  // The same bridge does answer the own page.
  expect(await page.evaluate(() => window.cabinet?.endpoint())).toMatchObject({ attached: false })
})

test('17: a message that wants no answer is heard from the own page only', async () => {
  const { app, page } = desktop()
  const [{ uuid } = { uuid: '' }] = importedFiles(await page.evaluate(importText([models.v5])))
  await app.evaluate(
    async ({ BrowserWindow, app: electronApp }, [url, dragged]) => {
      const { join: joined } = process.mainModule?.require('node:path') ?? {}
      const preload = joined(electronApp.getAppPath(), 'out', 'preload', 'index.cjs')
      const [own] = BrowserWindow.getAllWindows()
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      const drags: string[] = []
      Object.assign(globalThis, { drags })
      if (own) own.webContents.startDrag = () => drags.push('own')
      foreign.webContents.startDrag = () => drags.push('foreign')
      await foreign.loadURL(url)
      await foreign.webContents.executeJavaScript(`cabinet.dragOut([${JSON.stringify(dragged)}])`)
      Object.assign(globalThis, { foreign })
    },
    [site.url, uuid] as const,
  )
  // Whoever asked first would be heard first.
  for (const times of [1, 2]) {
    await page.evaluate((one) => window.cabinet?.dragOut([one]), uuid)
    await expect
      .poll(() => app.evaluate(() => Reflect.get(globalThis, 'drags').filter((one: string) => one === 'own').length))
      .toBe(times)
  }
  expect(await app.evaluate(() => Reflect.get(globalThis, 'drags'))).toEqual(['own', 'own'])
  await app.evaluate(() => Reflect.get(globalThis, 'foreign').destroy())
})

test('17: arguments that are not as they should be are refused', async () => {
  const good = { id: '1', method: 'GET', path: '/status', headers: {} }
  const bad: unknown[] = [
    undefined,
    'text',
    { ...good, id: 7 },
    { ...good, method: 'CONNECT' },
    { ...good, path: 'http://example.com/' },
    { ...good, path: '//example.com/' },
    { ...good, path: '/\\example.com/' },
    { ...good, headers: { a: 1 } },
    { ...good, extra: true },
  ]
  const impossible = /^Invalid request from the window/
  for (const request of bad) expect(await callWrongly('request', [request])).toMatch(impossible)
  expect(await callWrongly('request', [good])).toBe(200)

  for (const uuid of ['', '../../etc/passwd', 7])
    expect(await callWrongly('revealInFolder', [uuid])).toMatch(impossible)
  expect(await callWrongly('saveDownload', ['http://example.com/', 'a'])).toMatch(impossible)
  expect(await callWrongly('saveText', [7, 'a'])).toMatch(impossible)
  expect(await callWrongly('copyCredential', ['password'])).toMatch(impossible)
  expect(await callWrongly('setTheme', ['pink'])).toMatch(impossible)
})

test('20: the page is given named functions, and nothing of Electron', async () => {
  const { page } = desktop()
  const bridge = await page.evaluate(() =>
    Object.entries(window.cabinet ?? {}).map(([name, value]) => [name, typeof value]),
  )
  expect(Object.fromEntries(bridge)).toEqual({
    platform: 'string',
    ...Object.fromEntries(
      [
        'request',
        'cancel',
        'pathsOf',
        'pickFiles',
        'pickFolder',
        'rememberFiles',
        'saveDownload',
        'saveText',
        'revealInFolder',
        'openExternal',
        'copyCredential',
        'dragOut',
        'startsAtLogin',
        'setStartsAtLogin',
        'chooseDataFolder',
        'onOpenFunction',
        'endpoint',
        'setTheme',
        'painted',
        'rememberSeen',
        'onEvent',
        'onSupervisor',
        'onMenuCommand',
        'onOpenPaths',
      ].map((name) => [name, 'function']),
    ),
  })
  // A listener hears the news and not Electron's event, whose `sender` would be a way to every channel.
  await page.evaluate(() => {
    const news = new Promise<unknown[]>((done) => window.cabinet?.onEvent((...given: unknown[]) => done(given)))
    Object.assign(window, { news })
  })
  await page.evaluate(importText([models.v6]))
  const heard = z.array(z.record(z.string(), z.unknown())).parse(await page.evaluate('window.news'))
  expect(heard).toHaveLength(1)
  expect(Object.keys(heard[0] ?? {}).sort()).toEqual(['At', 'By', 'Id', 'Kind', 'Summary', 'UUID'])
})
