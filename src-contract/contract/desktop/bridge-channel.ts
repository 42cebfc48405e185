/** The names of the channels between window and main process; shapes stand in bridge.ts. */
export const bridgeChannels = {
  request: 'cabinet:request',
  cancel: 'cabinet:cancel',
  pickFiles: 'cabinet:pick-files',
  pickFolder: 'cabinet:pick-folder',
  rememberFiles: 'cabinet:remember-files',
  saveDownload: 'cabinet:save-download',
  saveText: 'cabinet:save-text',
  revealInFolder: 'cabinet:reveal-in-folder',
  dragOut: 'cabinet:drag-out',
  openExternal: 'cabinet:open-external',
  copyCredential: 'cabinet:copy-credential',
  endpoint: 'cabinet:endpoint',
  setTheme: 'cabinet:set-theme',
  painted: 'cabinet:painted',
  rememberSeen: 'cabinet:remember-seen',
  startsAtLogin: 'cabinet:starts-at-login',
  setStartsAtLogin: 'cabinet:set-starts-at-login',
  chooseDataFolder: 'cabinet:choose-data-folder',
  supervisor: 'cabinet:supervisor',
} as const

/** What main sends to the window of its own accord. */
export const bridgeNews = {
  event: 'cabinet:event',
  supervisor: 'cabinet:supervisor-changed',
  menuCommand: 'cabinet:menu-command',
  openPaths: 'cabinet:open-paths',
  openFunction: 'cabinet:open-function',
} as const

/** How a call ends: Electron would wrap a rejection's message in words of its own. */
export type BridgeReply<Value> = { ok: true; value: Value } | { ok: false; message: string }
