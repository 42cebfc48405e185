import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { isSameLook, LARGEST, type Look, type StartUpPicture, seenElement } from './preview-picture.ts'
import { rememberedBounds } from './window-state.ts'

// What a window shows at its first moment is a picture of the library as it was last seen, as phones and macOS do it: it can be
// read a third of a second before the cabinet has given today's list, which then takes its place.

/** A PNG would be sharper for that third of a second, but takes six times as long, in which this process does nothing else. */
const QUALITY = 85

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
  if (picture.isEmpty() || !isSameLook(lookOf(window, window.isMaximized()), look)) return
  const jpeg = picture.toJPEG(QUALITY)
  if (jpeg.length > LARGEST) return await rm(file(), { force: true })
  // The picture's own size is that in the screen's pixels, whatever it is called.
  const [width = 0] = window.getContentSize()
  const seen: StartUpPicture = {
    look,
    jpeg: jpeg.toString('base64'),
    width: width / window.webContents.getZoomFactor(),
  }
  await writeFile(`${file()}.part`, JSON.stringify(seen), { mode: 0o600 })
  await rename(`${file()}.part`, file())
}

/**
 * The picture as an element of the page that is about to be shown; empty where there is none that fits. A window that is seen
 * already, whose page is loaded once more, may show anything else.
 */
export async function startUpPreviewElement(): Promise<string> {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined || window.isVisible()) return ''
  const text = await readFile(file(), 'utf8').catch(() => '')
  return seenElement(text, lookOf(window, rememberedBounds().maximized))
}
