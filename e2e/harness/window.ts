import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { Desktop } from './desktop.ts'
import { dropFiles } from './drop-files.ts'
import { createShots, type Shots } from './shots.ts'

/** A window of the app or of a browser, with what differs between them. */
export type Window = {
  page: Page
  shots: Shots
  drop(files: string[]): Promise<void>
  /** Does what asks for a folder, and gives this one. */
  giveFolder(path: string, act: () => Promise<void>): Promise<void>
  /** Does what saves a file, and tells where it is. */
  saved(act: () => Promise<void>): Promise<string>
}

/** @param folder where saved files go */
export function browserWindow(page: Page, folder: string): Window {
  const shots = createShots(page, 'browser')
  return {
    page,
    shots,
    drop: (files) => dropFiles(page, files),
    async giveFolder(path, act) {
      await act()
      const field = page.getByRole('textbox', { name: 'Folder on the cabinet’s computer' })
      await field.fill(join(path, 'gone'))
      await page.keyboard.press('Enter')
      await expect(page.getByText('No folder was found')).toBeVisible()
      await shots.take('first-run-path')
      // Asked for a path, the screen still has one main action.
      await expect(page.getByRole('main').locator('[data-variant="filled"]')).toHaveCount(1)
      await field.fill(path)
      await page.keyboard.press('Enter')
    },
    async saved(act) {
      const begun = page.waitForEvent('download')
      await act()
      const download = await begun
      const path = join(folder, download.suggestedFilename())
      await download.saveAs(path)
      return path
    },
  }
}

/** The same in the app, whose dialogs of the system answer by themselves. */
export function desktopWindow(desktop: Desktop, folder: string): Window {
  const { app, page } = desktop
  return {
    page,
    shots: createShots(page, 'desktop'),
    drop: (paths) => dropFiles(page, paths),
    async giveFolder(path, act) {
      await answerFolder(desktop, path)
      await act()
    },
    async saved(act) {
      await app.evaluate(({ dialog }, place) => {
        Reflect.deleteProperty(globalThis, 'savedAs')
        const answer = (_: unknown, { defaultPath = '' }: Electron.SaveDialogOptions = {}) => {
          const filePath = `${place}/${defaultPath.split(/[\\/]/).at(-1)}`
          Object.assign(globalThis, { savedAs: filePath })
          return Promise.resolve({ canceled: false, filePath })
        }
        Object.assign(dialog, { showSaveDialog: answer })
      }, folder)
      await act()
      const savedAs = () => app.evaluate(() => String(Reflect.get(globalThis, 'savedAs') ?? ''))
      await expect.poll(async () => existsSync(await savedAs())).toBe(true)
      return savedAs()
    },
  }
}

/** The dialog for a folder answers by itself from now on. */
export async function answerFolder({ app }: Desktop, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
  }, path)
}
