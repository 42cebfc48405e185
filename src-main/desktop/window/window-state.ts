import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, screen } from 'electron'
import { boundsOf, type WindowState } from './window-bounds.ts'

const file = () => join(app.getPath('userData'), 'window-state.json')

/** Where the window was when it was last closed, as far as a screen is still there. */
export function rememberedBounds(): ReturnType<typeof boundsOf> {
  return boundsOf(
    read(),
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
}

/** Writes the window's place down when it closes. */
export function rememberBounds(window: BrowserWindow): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      writeFileSync(file(), JSON.stringify(state))
    } catch {
      // The window then opens in its usual place; not worth a word.
    }
  })
}

function read(): string {
  try {
    return readFileSync(file(), 'utf8')
  } catch {
    return ''
  }
}
