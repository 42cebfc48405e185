import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { rememberedBounds } from './window-state.ts'

// What a window shows at its first moment is a picture of the library as it was last seen, as phones and macOS do it: it can be
// read a third of a second before the cabinet has given today's list, which then takes its place.

/** What must be the same for a picture to fit where the page will draw the same. */
type Look = { width: number; height: number; maximized: boolean; dark: boolean; scale: number }

/** A PNG in base64, as wide as the page in its own pixels, which the zoom changes. */
type LastSeen = { look: Look; png: string; width: number }

/** Bytes. A larger one, of a very large screen, would keep the page waiting for what is to shorten the wait. */
const LARGEST = 3_000_000

const file = () => join(app.getPath('userData'), 'last-seen.json')

function lookOf(window: BrowserWindow, maximized: boolean): Look {
  const { width, height } = window.getNormalBounds()
  const { scaleFactor } = screen.getDisplayMatching(window.getBounds())
  return { width, height, maximized, dark: nativeTheme.shouldUseDarkColors, scale: scaleFactor }
}

/** Keeps a picture of what the window shows. The page says when that is the library at rest. */
export async function rememberSeen(window: BrowserWindow): Promise<void> {
  if (!window.isVisible() || window.isMinimized() || window.isFullScreen()) return
  const look = lookOf(window, window.isMaximized())
  const picture = await window.webContents.capturePage()
  if (picture.isEmpty()) return
  const png = picture.toPNG({ scaleFactor: look.scale })
  if (png.length > LARGEST) return await rm(file(), { force: true })
  const width = picture.getSize().width / window.webContents.getZoomFactor()
  const seen: LastSeen = { look, png: png.toString('base64'), width }
  await writeFile(`${file()}.part`, JSON.stringify(seen), { mode: 0o600 })
  await rename(`${file()}.part`, file())
}

/** The picture as an element of the page that is about to be shown; empty where there is none that fits. */
export async function lastSeenElement(): Promise<string> {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) return ''
  const seen = await readLastSeen(lookOf(window, rememberedBounds().maximized))
  if (seen === undefined) return ''
  const source = `data:image/png;base64,${seen.png}`
  return `<img id="last-seen" alt="" elementtiming="last-seen" decoding="sync" width="${seen.width}" src="${source}">`
}

/** Checked by hand, as in window-state.ts; what is damaged or of another look leaves the page with its empty frame. */
async function readLastSeen(wanted: Look): Promise<LastSeen | undefined> {
  try {
    const { look, png, width }: Partial<Record<keyof LastSeen, unknown>> = JSON.parse(await readFile(file(), 'utf8'))
    const fits = JSON.stringify(look) === JSON.stringify(wanted)
    if (fits && typeof png === 'string' && /^[\w+/]+=*$/.test(png) && typeof width === 'number')
      return { look: wanted, png, width }
  } catch {
    // There is none yet.
  }
  return undefined
}
