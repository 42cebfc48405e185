import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, type Rectangle, screen } from 'electron'
import { z } from 'zod'

const WindowState = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
})
type WindowState = z.infer<typeof WindowState>

const usual = { width: 1280, height: 800 }

const file = () => join(app.getPath('userData'), 'window-state.json')

/** Where the window was when it was last closed, as far as a screen is still there. */
export function rememberedBounds(): { bounds: Partial<Rectangle>; maximized: boolean } {
  const state = read()
  if (state === undefined) return { bounds: usual, maximized: false }
  const { maximized, ...bounds } = state
  const visible = screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, bounds))
  return { bounds: visible ? bounds : usual, maximized }
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

function read(): WindowState | undefined {
  try {
    return WindowState.parse(JSON.parse(readFileSync(file(), 'utf8')))
  } catch {
    return undefined
  }
}

/** A good part of the title bar must be on a screen, or nobody could move the window. */
function overlaps(screen: Rectangle, window: Rectangle): boolean {
  const left = Math.max(screen.x, window.x)
  const right = Math.min(screen.x + screen.width, window.x + window.width)
  return right - left >= 100 && window.y >= screen.y && window.y < screen.y + screen.height - 50
}
