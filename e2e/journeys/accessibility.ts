import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What axe finds of a serious or critical kind on the screen as it stands, in both themes. */
export async function check(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Fading parts have the colours of neither state.
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)))
    const { violations } = await new AxeBuilder({ page })
      // Otherwise it gathers its findings in a page of its own, which Electron does not make.
      .setLegacyMode()
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const found = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
    expect(found, `${screen}, ${colorScheme}`).toEqual([])
  }
}

/** Every screen and overlay, with a model in the cabinet. */
export async function accessibility(page: Page): Promise<void> {
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  await expect(row.getByRole('img', { name: 'Runs here' })).toBeVisible({ timeout: 20_000 })
  await check(page, 'library')

  await row.getByRole('gridcell').nth(2).click()
  await page.keyboard.press('x')
  await page.keyboard.press('Space')
  await expect(page.getByRole('complementary')).toContainText('Made by')
  await check(page, 'peek and selection')

  await page.getByRole('button', { name: 'Add filter' }).click()
  await check(page, 'filters')
  await page.getByRole('menuitem', { name: 'Own field' }).click()
  await check(page, 'a filter')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await check(page, 'columns')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Set a field' }).click()
  await expect(page.getByRole('dialog', { name: 'Set a field' })).toBeVisible()
  await check(page, 'a field')
  await page.keyboard.press('Escape')
  await row.click({ button: 'right' })
  await check(page, 'menu of a row')
  await page.keyboard.press('Escape')

  for (const [key, name] of [
    ['Control+i', 'Import models'],
    ['Control+k', 'Command palette'],
    ['?', 'Keys'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await check(page, name)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog', { name })).toBeHidden()
  }

  await page.keyboard.press('Control+i')
  for (const way of ['Folder', 'Address', 'Quick look']) {
    await page.getByRole('dialog').getByText(way, { exact: true }).click()
    await check(page, `import, ${way}`)
  }
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Activity' }).click()
  await check(page, 'activity')
  await page.getByRole('button', { name: 'Activity' }).click()
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await page.getByText('Cards', { exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('gridcell', { name: /silero_vad_v5/ })).toBeVisible()
  await check(page, 'cards')
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await page.getByText('List', { exact: true }).click()
  await page.keyboard.press('Escape')

  await row.getByRole('link').click()
  const tabs = page.getByRole('tab')
  await expect(page.getByRole('heading', { name: 'Operators' })).toBeVisible()
  for (let index = 0; index < (await tabs.count()); index += 1) {
    await tabs.nth(index).click()
    await expect(page.getByRole('tabpanel')).not.toBeEmpty()
    await check(page, `tab ${await tabs.nth(index).textContent()}`)
  }

  for (const screen of ['trash', 'settings', 'nowhere']) {
    await page.evaluate((path) => location.assign(`#/${path}`), screen)
    await expect(page.getByRole('tab')).toHaveCount(0)
    await expect(page.getByRole('heading').first()).toBeVisible()
    await check(page, screen)
  }
}
