import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import { type BridgeReply, bridgeChannels, bridgeNews } from '../src-contract/contract/desktop/bridge-channel.ts'
import type { CabinetBridge, Unsubscribe } from './bridge.ts'

// Main checks every argument and every result against the schemas of src-contract/contract/desktop/bridge.ts; here they only pass through.

async function call<Result>(channel: string, ...args: unknown[]): Promise<Result> {
  const reply: BridgeReply<Result> = await ipcRenderer.invoke(channel, ...args)
  if (reply.ok) return reply.value
  throw new Error(reply.message)
}

function listen<News>(channel: string, listener: (news: News) => void): Unsubscribe {
  const heard = (_: IpcRendererEvent, news: News) => listener(news)
  ipcRenderer.on(channel, heard)
  return () => {
    ipcRenderer.off(channel, heard)
  }
}

/** News that can come before the page listens waits for its first listener. */
function listenFromStart<News>(channel: string): (listener: (news: News) => void) => Unsubscribe {
  const listeners = new Set<(news: News) => void>()
  const early: News[] = []
  listen<News>(channel, (news) => {
    if (listeners.size === 0) early.push(news)
    for (const listener of listeners) listener(news)
  })
  return (listener) => {
    listeners.add(listener)
    for (const news of early.splice(0)) listener(news)
    return () => {
      listeners.delete(listener)
    }
  }
}

const bridge: CabinetBridge = {
  platform: process.platform,

  request: (request) => call(bridgeChannels.request, request),
  cancel: (id) => ipcRenderer.send(bridgeChannels.cancel, id),

  pathsOf: (files) => [...files].map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
  pickFiles: () => call(bridgeChannels.pickFiles),
  pickFolder: () => call(bridgeChannels.pickFolder),
  rememberFiles: (paths) => ipcRenderer.send(bridgeChannels.rememberFiles, paths),

  saveDownload: (path, suggestedName) => call(bridgeChannels.saveDownload, path, suggestedName),
  saveText: (text, suggestedName) => call(bridgeChannels.saveText, text, suggestedName),
  revealInFolder: (uuid) => call(bridgeChannels.revealInFolder, uuid),
  dragOut: (uuids) => ipcRenderer.send(bridgeChannels.dragOut, uuids),
  openExternal: (url) => call(bridgeChannels.openExternal, url),
  copyCredential: (which) => call(bridgeChannels.copyCredential, which),

  endpoint: () => call(bridgeChannels.endpoint),
  startsAtLogin: () => call(bridgeChannels.startsAtLogin),
  setStartsAtLogin: (on) => call(bridgeChannels.setStartsAtLogin, on),
  chooseDataFolder: () => call(bridgeChannels.chooseDataFolder),
  setTheme: (theme) => call(bridgeChannels.setTheme, theme),
  painted: () => ipcRenderer.send(bridgeChannels.painted),
  rememberSeen: () => ipcRenderer.send(bridgeChannels.rememberSeen),

  onEvent: (listener) => listen(bridgeNews.event, listener),
  onSupervisor(listener) {
    const stop = listen(bridgeNews.supervisor, listener)
    void call<Parameters<typeof listener>[0]>(bridgeChannels.supervisor).then(listener)
    return stop
  },
  onMenuCommand: (listener) => listen(bridgeNews.menuCommand, listener),
  onOpenPaths: listenFromStart(bridgeNews.openPaths),
  onOpenFunction: listenFromStart(bridgeNews.openFunction),
}

contextBridge.exposeInMainWorld('cabinet', bridge)
