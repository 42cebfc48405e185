import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app, BrowserWindow, clipboard, dialog, shell, type WebContents } from 'electron'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import {
  BridgeId,
  BridgeRequest,
  BridgeResponse,
  Credential,
  DataFolderChoice,
  DraggedOut,
  Endpoint,
  FilePath,
  SavedDownload,
  SupervisorState,
} from '../../../src-contract/contract/desktop/bridge.ts'
import { bridgeChannels } from '../../../src-contract/contract/desktop/bridge-channel.ts'
import { Theme } from '../../../src-contract/contract/desktop/theme.ts'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
import type { CabinetLink } from '../../link/link.ts'
import type { Supervisor } from '../../processes/supervisor.ts'
import { openExternal } from '../window/open-external.ts'
import { rememberSeen } from '../window/start-up-preview.ts'
import { changeTheme } from '../window/theme.ts'
import { chooseDataFolder } from './choose-data-folder.ts'
import { dragOut } from './drag-out.ts'
import { answer, hear } from './ipc.ts'
import { setStartsAtLogin, startsAtLogin } from './login-item.ts'
import { modelPath } from './model-file.ts'
import { requestCabinet } from './request-cabinet.ts'
import { createRunning } from './running.ts'

/** Characters of a text that is saved: a table of a million models. */
const LONGEST_TEXT = 500_000_000

/** All that the window can ask of the main process, each with the shapes of its arguments and its result. */
export function handleCalls(cabinet: Supervisor<CabinetLink>, dataDirectory: string): void {
  const running = createRunning()
  const nothing = z.tuple([])

  answer(bridgeChannels.request, z.tuple([BridgeRequest]), BridgeResponse, (sender, request) =>
    running.run(sender, request.id, (signal) => requestCabinet(cabinet, request, signal)),
  )
  hear(bridgeChannels.cancel, z.tuple([BridgeId]), (sender, id) => running.cancel(sender, id))

  answer(bridgeChannels.pickFiles, nothing, z.array(FilePath), pickFiles)
  answer(bridgeChannels.pickFolder, nothing, FilePath.nullable(), pickFolder)
  hear(bridgeChannels.rememberFiles, z.tuple([z.array(FilePath).max(10_000)]), (_, paths) => {
    for (const path of paths) app.addRecentDocument(path)
  })
  answer(
    bridgeChannels.saveDownload,
    z.tuple([BridgeRequest.shape.path, z.string().min(1).max(255)]),
    SavedDownload,
    async (sender, path, suggestedName) => {
      const destination = await askDestination(sender, suggestedName)
      if (destination === undefined) return { saved: false }
      await (await cabinet.get()).save({ path, destination }, new AbortController().signal)
      return { saved: true, path: destination }
    },
  )
  answer(
    bridgeChannels.saveText,
    z.tuple([z.string().max(LONGEST_TEXT), z.string().min(1).max(255)]),
    SavedDownload,
    async (sender, text, suggestedName) => {
      const destination = await askDestination(sender, suggestedName)
      if (destination === undefined) return { saved: false }
      await writeFile(destination, text)
      return { saved: true, path: destination }
    },
  )
  answer(bridgeChannels.revealInFolder, z.tuple([Uuid]), z.void(), async (_, uuid) =>
    shell.showItemInFolder(await modelPath(await cabinet.get(), uuid)),
  )
  hear(bridgeChannels.dragOut, z.tuple([DraggedOut]), (sender, uuids) => {
    // A drag that cannot begin shows as one: nothing follows the pointer.
    void cabinet
      .get()
      .then((link) => dragOut(link, sender, uuids))
      .catch(() => {})
  })
  answer(bridgeChannels.openExternal, z.tuple([z.string().max(2_048)]), z.void(), async (_, url) =>
    openExternal(url, (await cabinet.get()).endpoint.url),
  )
  answer(bridgeChannels.copyCredential, z.tuple([Credential]), z.void(), async (_, which) => {
    const { tokenFile, url } = (await cabinet.get()).endpoint
    const token = (await readFile(tokenFile, 'utf8')).trim()
    clipboard.writeText(which === 'token' ? token : `curl -H "Authorization: Bearer ${token}" ${url}/functions`)
  })

  answer(bridgeChannels.startsAtLogin, nothing, z.boolean(), startsAtLogin)
  answer(bridgeChannels.setStartsAtLogin, z.tuple([z.boolean()]), z.void(), (_, on) => setStartsAtLogin(on))
  answer(bridgeChannels.chooseDataFolder, nothing, DataFolderChoice, (sender) =>
    chooseDataFolder(windowOf(sender), cabinet, dataDirectory),
  )

  answer(bridgeChannels.endpoint, nothing, Endpoint, async () => (await cabinet.get()).endpoint)
  answer(bridgeChannels.setTheme, z.tuple([Theme]), z.void(), (_, theme) => changeTheme(theme))
  hear(bridgeChannels.rememberSeen, nothing, (sender) => {
    // The next start then begins with an older picture, or with an empty frame.
    rememberSeen(windowOf(sender)).catch(() => {})
  })
  answer(bridgeChannels.supervisor, nothing, SupervisorState, () => cabinet.state)
}

async function pickFiles(sender: WebContents): Promise<string[]> {
  const { filePaths } = await dialog.showOpenDialog(windowOf(sender), {
    title: 'Import models',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Models', extensions: ['onnx', 'zip'] },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  return filePaths
}

async function pickFolder(sender: WebContents): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(windowOf(sender), { properties: ['openDirectory'] })
  return filePaths[0] ?? null
}

async function askDestination(sender: WebContents, suggestedName: string): Promise<string | undefined> {
  const { filePath } = await dialog.showSaveDialog(windowOf(sender), {
    title: 'Save as',
    defaultPath: join(app.getPath('downloads'), basename(suggestedName)),
  })
  return filePath || undefined
}

function windowOf(sender: WebContents): BrowserWindow {
  const window = BrowserWindow.fromWebContents(sender)
  if (window === null) throw new Problem('forbidden', 'Only a window may do this.')
  return window
}
