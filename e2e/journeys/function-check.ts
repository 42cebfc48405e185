import { expect, type Page } from '@playwright/test'
import { openModel } from '../harness/import-models.ts'
import type { Shots } from '../harness/shots.ts'

/** A model that does not run here says why, and is checked again when it is asked for: beside the reason, and in the menu. */
export async function functionCheck(page: Page, shots: Shots): Promise<void> {
  const main = page.getByRole('main')
  const facts = main.getByRole('region', { name: 'Facts' })
  await openModel(page, 'strange')
  await expect(facts).toContainText('has no operator NoSuchOperator', { timeout: 20_000 })
  await shots.take('function-does-not-run')
  const asked = () => page.waitForResponse((answer) => answer.url().endsWith('/check') && answer.ok())
  const first = asked()
  await facts.getByRole('button', { name: 'Check again' }).click()
  await first
  await expect(facts).toContainText('has no operator NoSuchOperator', { timeout: 20_000 })

  await main.getByRole('button', { name: 'More actions' }).click()
  const second = asked()
  await page.getByRole('menuitem', { name: 'Check again whether it runs here' }).click()
  await second
  await expect(main.getByText('Does not run here')).toBeVisible({ timeout: 20_000 })
}
