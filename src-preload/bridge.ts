import type { CabinetEvent } from '../src-contract/contract/admin/event.ts'
import type {
  BridgeRequest,
  BridgeResponse,
  Credential,
  DataFolderChoice,
  Endpoint,
  SavedDownload,
  SupervisorState,
} from '../src-contract/contract/desktop/bridge.ts'
import type { MenuCommand } from '../src-contract/contract/desktop/menu-actions.ts'
import type { Theme } from '../src-contract/contract/desktop/theme.ts'

/** Ends a subscription. */
export type Unsubscribe = () => void

/**
 * All that the page can reach of the machine: `window.cabinet` in the desktop app, absent in a browser. A promise that is rejected
 * carries an Error whose message is a sentence for a person.
 */
export interface CabinetBridge {
  readonly platform: NodeJS.Platform

  /** One request to the Compute API. An answer of any status resolves; it waits while the cabinet restarts. */
  request(request: BridgeRequest): Promise<BridgeResponse>
  /** Gives up the request or the import of that id; unknown ids are ignored. */
  cancel(id: string): void

  /** The paths of dropped or chosen files; files that have none on this machine (made by a page) are left out. */
  pathsOf(files: readonly File[]): string[]
  /** The system's dialog for `.onnx` and `.zip` files; empty when it was closed. */
  pickFiles(): Promise<string[]>
  /** The system's dialog for one folder; null when it was closed. */
  pickFolder(): Promise<string | null>
  /** Notes files as recently used, for the system's own menus. */
  rememberFiles(paths: readonly string[]): void

  /** Asks where to keep it, then streams a download (a path of the API such as `Downloads[].Url`) into that file. */
  saveDownload(path: string, suggestedName: string): Promise<SavedDownload>
  /** Asks where to keep it, then writes a text into that file. */
  saveText(text: string, suggestedName: string): Promise<SavedDownload>
  /** Shows the function's stored file in the system's file manager. */
  revealInFolder(uuid: string): Promise<void>
  /** Within a `dragstart` that was prevented: the models' files follow the pointer out of the window. */
  dragOut(uuids: readonly string[]): void
  /** Opens an https page, or a page of this cabinet's own port, in the browser. */
  openExternal(url: string): Promise<void>
  /** Puts the API's token, or a curl line that holds it, on the clipboard. */
  copyCredential(which: Credential): Promise<void>

  endpoint(): Promise<Endpoint>
  /** Whether the app starts when the person signs in to the machine. */
  startsAtLogin(): Promise<boolean>
  setStartsAtLogin(on: boolean): Promise<void>
  /** Asks for a folder, and whether the cabinet moves there; the app starts again when it changed. */
  chooseDataFolder(): Promise<DataFolderChoice>
  /** `system` follows the desktop; the page sees it by `prefers-color-scheme`. */
  setTheme(theme: Theme): Promise<void>
  /** The first frame is on the screen: what else the app is may be started. */
  painted(): void
  /** The window shows the library at rest: a picture of it is to be the first thing that the next start shows. */
  rememberSeen(): void

  /** Every change in the cabinet, whoever made it. */
  onEvent(listener: (event: CabinetEvent) => void): Unsubscribe
  /** The present state at once, then every change of it. */
  onSupervisor(listener: (state: SupervisorState) => void): Unsubscribe
  onMenuCommand(listener: (command: MenuCommand) => void): Unsubscribe
  /** Files handed to the app from outside ("Open with", a second start with paths). */
  onOpenPaths(listener: (paths: string[]) => void): Unsubscribe
  /** A function to show: from a `model-cabinet:` link, or from the menu of recent models. */
  onOpenFunction(listener: (uuid: string) => void): Unsubscribe
}

declare global {
  interface Window {
    /** Present in the desktop app only. */
    readonly cabinet?: CabinetBridge
  }
}
