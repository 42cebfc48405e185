/** The names of the channels between window and main process; shapes stand in bridge.ts. */
export const bridgeChannels = {
  request: 'cabinet:request',
  cancel: 'cabinet:cancel',
  pickFiles: 'cabinet:pick-files',
  importPaths: 'cabinet:import-paths',
  saveDownload: 'cabinet:save-download',
  revealInFolder: 'cabinet:reveal-in-folder',
  openExternal: 'cabinet:open-external',
  copyCredential: 'cabinet:copy-credential',
  endpoint: 'cabinet:endpoint',
  setTheme: 'cabinet:set-theme',
  supervisor: 'cabinet:supervisor',
} as const

/** What main sends to the window of its own accord. */
export const bridgeNews = {
  importProgress: 'cabinet:import-progress',
  event: 'cabinet:event',
  supervisor: 'cabinet:supervisor-changed',
  menuCommand: 'cabinet:menu-command',
  openPaths: 'cabinet:open-paths',
} as const

/** How a call ends: Electron would wrap a rejection's message in words of its own. */
export type BridgeReply<Value> = { ok: true; value: Value } | { ok: false; message: string }
