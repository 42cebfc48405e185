import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, nativeTheme } from 'electron'
import type { Theme } from '../../../src-contract/contract/desktop/theme.ts'

const file = () => join(app.getPath('userData'), 'theme.json')

/** Before the window opens: what is painted before its page must have the page's colours. */
export function applyRememberedTheme(): void {
  try {
    // Electron refuses what is no theme.
    nativeTheme.themeSource = JSON.parse(readFileSync(file(), 'utf8'))
  } catch {
    // Nobody chose one yet.
  }
}

/** Gives the window's frame and menus the colours that the page has, now and at the next start. */
export function changeTheme(theme: Theme): void {
  nativeTheme.themeSource = theme
  try {
    writeFileSync(file(), JSON.stringify(theme))
  } catch {
    // The page remembers it too; only the first moment of the next start would differ.
  }
}
