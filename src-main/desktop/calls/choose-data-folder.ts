import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { app, type BrowserWindow, dialog, session } from 'electron'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { DataFolderChoice, SupervisorState } from '../../../src-contract/contract/desktop/bridge.ts'
import { bridgeNews } from '../../../src-contract/contract/desktop/bridge-channel.ts'
import { shortBytes } from '../../../src-contract/words/human-number.ts'
import { chooseDataDirectory } from '../../files/chosen-data-directory.ts'
import { copyFolder, isUnfinishedCopy } from '../../files/copy-folder.ts'
import type { CabinetLink } from '../../link/link.ts'
import type { Supervisor } from '../../processes/supervisor.ts'

/** What belongs to the running processes and not to the cabinet, and what Chromium makes anew. */
const leftBehind =
  /^(?:lock\.(?:db|pid)|endpoint\.json|data-folder\.json|incoming|window[\\/](?:Singleton|.*Cache|dragged))/

/** Without it a folder holds no cabinet. */
const MARK = 'cabinet.db'

/**
 * Asks for another data folder. One that holds a cabinet is opened as it is; into an empty one the cabinet is copied, or a new one
 * begins there. The old folder stays as it is, whatever happens. When the folder changed, the app starts again.
 * @throws Problem where the folder cannot be taken, in which case nothing changed
 */
export async function chooseDataFolder(
  window: BrowserWindow,
  cabinet: Supervisor<CabinetLink>,
  current: string,
): Promise<DataFolderChoice> {
  if ((await cabinet.get()).endpoint.attached)
    throw new Problem('conflict', 'This cabinet is served by another program. Set the data folder there with --data.')
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Choose the data folder',
    properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
  })
  const [chosen] = filePaths
  if (chosen === undefined) return 'kept'
  const target = resolve(chosen)
  const isCabinet = refuseUnfit(target, current)
  const choice = isCabinet ? 'open' : await askHow(window, target)
  if (choice === 'cancel') return 'kept'
  if (choice === 'move') await copyCabinet(window, cabinet, current, target)
  await chooseDataDirectory(target)
  app.relaunch({ args: withoutData(process.argv.slice(1)) })
  app.quit()
  return 'changed'
}

/** @returns whether a cabinet lies there already */
function refuseUnfit(target: string, current: string): boolean {
  const between = relative(current, target)
  if (between === '') throw new Problem('conflict', 'This is already the data folder.')
  if (between.split(sep)[0] !== '..' && resolve(current, between) === target && !between.includes(':'))
    throw new Problem('conflict', 'This folder is inside the current data folder. Choose one outside it.')
  const names = existsSync(target) ? readdirSync(target) : []
  if (names.includes(MARK)) return true
  if (names.length > 0 && !isUnfinishedCopy(target, MARK))
    throw new Problem('conflict', 'This folder contains other files. Choose an empty folder, or one with a cabinet.')
  return false
}

async function askHow(window: BrowserWindow, target: string): Promise<'move' | 'begin' | 'cancel'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `Move the cabinet to ${target}?`,
    detail: 'The data is copied, and the app restarts with the copy. The old folder stays until you delete it.',
    buttons: ['Move the cabinet', 'Start an empty cabinet there', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
  })
  return (['move', 'begin', 'cancel'] as const)[response] ?? 'cancel'
}

/** Copies while nothing is written. A copy that fails leaves the chosen folder empty, and the app starts again with the old one. */
async function copyCabinet(
  window: BrowserWindow,
  cabinet: Supervisor<CabinetLink>,
  current: string,
  target: string,
): Promise<void> {
  session.defaultSession.flushStorageData()
  await cabinet.close()
  try {
    await copyFolder(current, target, {
      takes: (path) => !leftBehind.test(path),
      mark: MARK,
      onProgress: (done, total) => tellProgress(window, cabinet.state, done, total),
    })
  } catch (error) {
    for (const name of existsSync(target) ? readdirSync(target) : [])
      await rm(join(target, name), { recursive: true, force: true })
    const reason = error instanceof Error ? error.message : String(error)
    dialog.showErrorBox('The cabinet was not moved', `It stays where it is. ${reason}`)
    app.relaunch()
    app.quit()
    throw new Problem('unavailable', `The cabinet was not moved: ${reason}`, { cause: error })
  }
}

/** In the status bar and on the window's button in the task bar; nobody else is asked meanwhile. */
function tellProgress(window: BrowserWindow, state: SupervisorState, done: number, total: number): void {
  if (window.isDestroyed()) return
  window.setProgressBar(done / Math.max(1, total))
  const message = `Moving the cabinet: ${shortBytes(done)} of ${shortBytes(total)} copied.`
  window.webContents.send(bridgeNews.supervisor, { ...state, state: 'restarting', message } satisfies SupervisorState)
}

/** The folder that this start was told is not the chosen one. */
function withoutData(args: readonly string[]): string[] {
  return args.filter((argument, index) => !/^--data(?:=|$)/.test(argument) && args[index - 1] !== '--data')
}
