import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { desktopEntry } from './desktop-entry.ts'

/** Whether the app starts when the person signs in: a login item of macOS and Windows, an autostart entry elsewhere (XDG). */
export function startsAtLogin(): boolean {
  return process.platform === 'linux' ? existsSync(entryFile()) : app.getLoginItemSettings(item()).openAtLogin
}

export async function setStartsAtLogin(on: boolean): Promise<void> {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ ...item(), openAtLogin: on })
    return
  }
  const file = entryFile()
  if (!on) return rm(file, { force: true })
  await mkdir(dirname(file), { recursive: true })
  const { path, args } = item()
  await writeFile(file, desktopEntry(app.getName(), [path, ...args]))
}

/** What is started: this app with the switches and the data folder that it has now. */
function item(): { path: string; args: string[] } {
  // An AppImage runs from a place that is there for the time of one start only.
  return { path: process.env.APPIMAGE ?? process.execPath, args: process.argv.slice(1).filter(isLasting) }
}

/** Files and links were meant for that one start; what a debugger asked for, too. */
function isLasting(argument: string, index: number, all: readonly string[]): boolean {
  if (/^--(?:data|port)(?:=|$)/.test(argument) || argument === '--no-sandbox') return true
  if (/^--(?:data|port)$/.test(all[index - 1] ?? '')) return true
  return !app.isPackaged && argument === app.getAppPath()
}

function entryFile(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart', 'model-cabinet.desktop')
}
