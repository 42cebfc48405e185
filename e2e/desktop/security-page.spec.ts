import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { startForeignSite } from '../harness/foreign-site.ts'
import { descendants } from '../harness/processes.ts'
import { shareDesktop } from '../harness/shared-desktop.ts'

// Electron's security checklist (electronjs.org/docs/latest/tutorial/security), points 1 to 10 and 18: what the page is and can
// reach. The numbers in the titles are the list's. The other points: security-window.spec.ts, packaged.spec.ts.

const desktop = shareDesktop()
let site: Awaited<ReturnType<typeof startForeignSite>>
test.beforeAll(async () => {
  site = await startForeignSite()
})
test.afterAll(() => site.stop())

const switchedOff = z.boolean().default(false)

/** What Electron itself says of a page's settings; its types leave the question out. */
const WebPreferences = z.object({
  contextIsolation: z.boolean(),
  sandbox: z.boolean(),
  webSecurity: z.boolean(),
  nodeIntegration: switchedOff,
  nodeIntegrationInWorker: switchedOff,
  nodeIntegrationInSubFrames: switchedOff,
  allowRunningInsecureContent: switchedOff,
  experimentalFeatures: switchedOff,
  enableBlinkFeatures: z.string().default(''),
})

async function webPreferences(): Promise<z.infer<typeof WebPreferences>> {
  const all = await desktop().app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .map((contents) => Reflect.apply(Reflect.get(contents, 'getLastWebPreferences'), contents, [])),
  )
  expect(all).toHaveLength(1)
  return WebPreferences.parse(all[0])
}

/** Every switch with which the window's process was started. */
function rendererSwitches(): string {
  const renderer = descendants(desktop().pid).find(({ command }) => command.includes('--type=renderer'))
  if (!renderer) throw new Error('the window has no process')
  return renderer.command
}

test('1: only secure content is loaded', async () => {
  const { page } = desktop()
  const loaded = await page.evaluate(() =>
    [...document.querySelectorAll('script, link[href], img')].map((element) =>
      String(Reflect.get(element, 'src') ?? Reflect.get(element, 'href')),
    ),
  )
  expect(loaded.length).toBeGreaterThan(2)
  expect(loaded.filter((name) => !name.startsWith('app://cabinet/'))).toEqual([])

  const before = site.requests()
  const outcome = await page.evaluate(async (url) => {
    const blocked: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => blocked.push(effectiveDirective))
    const fetched = await fetch(url).then(
      () => 'fetched',
      () => 'refused',
    )
    const image = new Image()
    const loading = new Promise((done) => {
      image.onload = () => done('loaded')
      image.onerror = () => done('refused')
    })
    image.src = `${url}picture.png`
    return { fetched, image: await loading, blocked }
  }, site.url)
  expect(outcome).toMatchObject({ fetched: 'refused', image: 'refused' })
  expect(outcome.blocked).toEqual(expect.arrayContaining(['connect-src', 'img-src']))
  expect(site.requests()).toBe(before)
})

test('2: the page has no Node', async () => {
  const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'setImmediate', 'electron']
  expect(await desktop().page.evaluate((all) => all.filter((name) => name in window), names)).toEqual([])
  expect(await webPreferences()).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
  })
})

test('3: the bridge lives in a context that the page cannot reach', async () => {
  const seen = await desktop().page.evaluate(async () => {
    const { filter } = Array.prototype
    const given: unknown[] = []
    Array.prototype.filter = function stolen() {
      given.push(this)
      return ['stolen']
    }
    const paths = window.cabinet?.pathsOf([])
    Array.prototype.filter = filter
    let replaced = false
    try {
      Object.defineProperty(window, 'cabinet', { value: {} })
      replaced = true
    } catch {}
    return { paths, given: given.length, replaced }
  })
  expect(seen).toEqual({ paths: [], given: 0, replaced: false })
  expect(await webPreferences()).toMatchObject({ contextIsolation: true })
})

test('4: the page runs in a sandboxed process', async () => {
  expect(await webPreferences()).toMatchObject({ sandbox: true })
  if (process.platform === 'linux') expect(rendererSwitches()).toContain('--enable-sandbox')
  // Only the root account, which cannot have it, goes without the operating system's part.
  if (process.getuid?.() !== 0) expect(rendererSwitches()).not.toContain('--no-sandbox')
})

test('5: permissions are denied', async () => {
  const answers = await desktop().page.evaluate(async () => {
    const state = (name: PermissionName) => navigator.permissions.query({ name }).then((status) => status.state)
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => 'allowed',
        (error: unknown) => (error instanceof Error ? error.name : 'denied'),
      )
    return {
      notifications: await Notification.requestPermission(),
      geolocation: await new Promise((done) =>
        navigator.geolocation.getCurrentPosition(
          () => done('allowed'),
          ({ code, PERMISSION_DENIED }) => done(code === PERMISSION_DENIED ? 'denied' : 'failed'),
        ),
      ),
      camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
      readClipboard: await outcome(navigator.clipboard.readText()),
      midi: await outcome(navigator.requestMIDIAccess({ sysex: true })),
      persistent: await state('persistent-storage'),
    }
  })
  expect(answers.notifications).toBe('denied')
  expect(answers.geolocation).toBe('denied')
  expect(answers.camera).toMatch(/^Not(Allowed|Found)Error$/)
  expect(answers.readClipboard).toBe('NotAllowedError')
  expect(answers.midi).not.toBe('allowed')
  expect(answers.persistent).not.toBe('granted')
})

test('5: the one permission that is given is to put text on the clipboard', async () => {
  const { page, app } = desktop()
  await page.evaluate(() => window.focus())
  await page.evaluate(() => navigator.clipboard.writeText('a UUID'))
  // The system hands a clipboard from one process to the next in its own time.
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('a UUID')
})

test('6 and 8: web security is on, and insecure content cannot run', async () => {
  expect(await webPreferences()).toMatchObject({ webSecurity: true, allowRunningInsecureContent: false })
  expect(rendererSwitches()).not.toMatch(/--disable-web-security|--allow-running-insecure-content/)
})

test('7: the content security policy stops what is injected', async () => {
  const { page } = desktop()
  const response = await page.evaluate(async () => {
    const answer = await fetch('app://cabinet/')
    return { policy: answer.headers.get('Content-Security-Policy') ?? '', page: await answer.text() }
  })
  expect(response.policy).toContain("default-src 'none'")
  // Without the nonce and the socket that `npm run dev` needs.
  expect(response.policy).toContain("script-src 'self';")
  expect(response.policy).toContain("connect-src 'self';")
  expect(response.policy).not.toMatch(/unsafe-|\*|https?:/)
  const [, nonce = ''] = /nonce="([^"]+)"/.exec(response.page) ?? []
  expect(nonce).not.toBe('')
  expect(response.policy).toContain(nonce)
  // A fresh one each time, so that one that leaked is worth nothing.
  expect(await page.evaluate(() => document.querySelector<HTMLElement>('[nonce]')?.nonce)).not.toBe(nonce)

  const ran = await page.evaluate(async () => {
    // Whatever came of it, a loaded script or picture ends in one of these; what is written inline runs as it is put in, or never.
    const settled = (element: Element) =>
      new Promise((done) => {
        for (const end of ['load', 'error']) element.addEventListener(end, done)
      })
    const inline = document.createElement('script')
    inline.textContent = 'window.injected = "inline"'
    document.body.append(inline)
    const data = document.createElement('script')
    data.src = 'data:text/javascript,window.injected="data"'
    document.body.append(data)
    await settled(data)
    document.body.insertAdjacentHTML('beforeend', '<img src="missing.png" onerror="window.injected = 1">')
    document.body.insertAdjacentHTML('beforeend', '<style>body { outline: 7px solid red }</style>')
    await settled(document.images[document.images.length - 1] ?? document.body)
    let evaluated = true
    try {
      // biome-ignore lint/security/noGlobalEval: whether it is refused is what is tested
      window.eval('1')
    } catch {
      evaluated = false
    }
    return {
      injected: Reflect.get(window, 'injected'),
      outline: getComputedStyle(document.body).outlineWidth,
      evaluated,
    }
  })
  expect(ran.injected).toBeUndefined()
  expect(ran.outline).not.toBe('7px')
  expect(ran.evaluated).toBe(false)
})

test('9 and 10: no experimental features of Chromium', async () => {
  expect(await webPreferences()).toMatchObject({ experimentalFeatures: false, enableBlinkFeatures: '' })
  expect(rendererSwitches()).not.toMatch(/--enable-blink-features|--enable-experimental|--js-flags/)
})

test('18: the page comes by a protocol of its own, which serves nothing but its files', async () => {
  const { app, page } = desktop()
  expect(page.url()).toMatch(/^app:\/\/cabinet\//)
  const statuses = await page.evaluate(async () => {
    const paths = [
      '/package.json',
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fmain%2fmain.cjs',
      // Of a kind that is served where it lies inside.
      '/..%2f..%2fbuild%2ficon.png',
      '/assets/',
      '//etc/passwd',
    ]
    const ask = (url: string, init?: RequestInit) =>
      fetch(url, init).then(
        ({ status }) => status,
        () => 0,
      )
    return {
      outside: await Promise.all(paths.map((path) => ask(`app://cabinet${path}`))),
      otherHost: await ask('app://elsewhere/index.html'),
      post: await ask('app://cabinet/', { method: 'POST' }),
      file: await ask('file:///etc/hosts'),
      page: await ask('app://cabinet/'),
    }
  })
  expect(statuses.outside.every((status) => status === 404 || status === 0)).toBe(true)
  expect(statuses).toMatchObject({ otherHost: 0, post: 404, file: 0, page: 200 })
  // Also where no policy of a page stands before it.
  const asked = await app.evaluate(
    ({ net }, addresses) =>
      Promise.all(
        addresses.map((url) => net.fetch(url, { bypassCustomProtocolHandlers: false }).then(({ status }) => status)),
      ),
    ['app://cabinet/', 'app://elsewhere/', 'app://elsewhere/index.html'],
  )
  expect(asked).toEqual([200, 404, 404])
})
