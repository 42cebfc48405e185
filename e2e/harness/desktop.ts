import { resolve } from 'node:path'
import { _electron, test as base, type ElectronApplication, errors, type Page } from '@playwright/test'
import { neededSwitches } from '../../scripts/display.ts'
import { runProgram } from './run-program.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

type LaunchOptions = Parameters<typeof _electron.launch>[0]

/** Milliseconds in which Electron must have started, and then opened its window. */
const LAUNCH_LIMIT = 15_000

const root = resolve(import.meta.dirname, '../..')

/** The Electron that `npm run test:e2e` found. */
export function electronExecutable(): string {
  const path = process.env.ELECTRON_EXEC_PATH
  if (!path) throw new Error('ELECTRON_EXEC_PATH names no Electron: run the tests by npm run test:e2e')
  return path
}

/** Switches for tests: without a GPU process, which a display of Xvfb has no use for. */
export const testSwitches = () => [...neededSwitches(), '--disable-gpu']

/** Many run at once on one machine: each takes any free port. */
const anyPort = ['--port', '0']

const appArguments = (folder: string[], args: string[], port = anyPort) => [
  ...testSwitches(),
  root,
  ...folder,
  ...port,
  ...args,
]

export type Desktop = { app: ElectronApplication; page: Page; pid: number; dataDirectory: string }

/**
 * Starts the built app on a data folder and waits for its window. Without `folder` or `port` the app finds them by itself, as it does for
 * a person.
 */
export async function launchDesktop(
  dataDirectory: string,
  args: string[] = [],
  {
    folder = ['--data', dataDirectory],
    port = anyPort,
    env = process.env,
  }: { folder?: string[]; port?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<Desktop> {
  const { app, page } = await launchWithPatience({
    executablePath: electronExecutable(),
    args: appArguments(folder, args, port),
    cwd: root,
    timeout: LAUNCH_LIMIT,
    env: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  })
  const { pid } = app.process()
  if (pid === undefined) throw new Error('Electron has no process id')
  return { app, page, pid, dataDirectory }
}

/** Starts the app again beside one that runs on the same folder, and waits until it has handed over and ended; tells its exit code. */
export async function startBeside(dataDirectory: string, args: string[]): Promise<number | null> {
  const { code } = await runProgram(electronExecutable(), appArguments(['--data', dataDirectory], args))
  return code
}

/**
 * On a busy machine Playwright now and then misses that Electron has started, and waits for ever: that one start is given up and
 * made again. An app that does not open its window fails every time; `direct-launch.spec.ts` starts it without Playwright, once.
 */
async function launchWithPatience(options: LaunchOptions, attempts = 3): Promise<Pick<Desktop, 'app' | 'page'>> {
  let app: ElectronApplication | undefined
  try {
    app = await _electron.launch(options)
    const page = await app.firstWindow({ timeout: LAUNCH_LIMIT })
    // Its status bar stands when the page can be used.
    await page.getByRole('contentinfo').waitFor({ timeout: 30_000 })
    return { app, page }
  } catch (error) {
    app?.process().kill('SIGKILL')
    if (attempts === 1 || !(error instanceof errors.TimeoutError)) throw error
    console.warn(`Electron is started once more: ${error.message}`)
    return launchWithPatience(options, attempts - 1)
  }
}

type Fixtures = { dataDirectory: string; desktop: Desktop }

/** Tests in the real app, each on a data folder of its own. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  dataDirectory: ({}, use) => withTemporaryFolder(use),
  desktop: async ({ dataDirectory }, use) => {
    const desktop = await launchDesktop(dataDirectory)
    await use(desktop)
    await desktop.app.close()
  },
})

export { expect } from '@playwright/test'
