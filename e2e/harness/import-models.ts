import { expect, type Page } from '@playwright/test'
import type { Desktop } from './desktop.ts'
import { dropFiles } from './drop-files.ts'
import { importedFiles, importText } from './import-by-path.ts'

/** Drops models on the window and closes the results: the library then shows them. */
export async function importModels(page: Page, files: string[]): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
  await dropFiles(page, files)
  const results = page.getByRole('dialog', { name: 'Activity' })
  await expect(results.getByRole('heading', { name: `${files.length} imported` })).toBeVisible({ timeout: 30_000 })
  await results.getByRole('button', { name: 'Done' }).click()
}

/** Opens the page of a model from the library, wherever the window is. */
export async function openModel(page: Page, name: string): Promise<void> {
  const places = page.getByRole('navigation', { name: 'Places' })
  await places.getByRole('link', { name: /All models/ }).click()
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('link', { name })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(name) })).toBeVisible()
}

/** Imports a model by the bridge. @returns its UUID */
export async function importModel({ page }: Desktop, path: string): Promise<string> {
  const [file] = importedFiles(await page.evaluate(importText([path])))
  if (file === undefined) throw new Error(`${path} was not imported`)
  return file.uuid
}
