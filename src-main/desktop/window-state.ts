import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, type Rectangle, screen } from 'electron'

type WindowState = Rectangle & { maximized: boolean }

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

/** Checked by hand: the window waits for this, and zod alone would take a twentieth of the time until it is painted. */
function read(): WindowState | undefined {
  try {
    const state: Partial<Record<keyof WindowState, unknown>> = JSON.parse(readFileSync(file(), 'utf8'))
    const { x, y, width, height } = state
    if (isWhole(x) && isWhole(y) && isWhole(width) && isWhole(height) && width > 0 && height > 0)
      return { x, y, width, height, maximized: state.maximized === true }
  } catch {
    // There is none yet, or it is damaged.
  }
  return undefined
}

const isWhole = (value: unknown): value is number => Number.isInteger(value)

/** A good part of the title bar must be on a screen, or nobody could move the window. */
function overlaps(screen: Rectangle, window: Rectangle): boolean {
  const left = Math.max(screen.x, window.x)
  const right = Math.min(screen.x + screen.width, window.x + window.width)
  return right - left >= 100 && window.y >= screen.y && window.y < screen.y + screen.height - 50
}
