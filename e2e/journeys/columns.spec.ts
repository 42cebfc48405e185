import { ask, modelPath } from '../harness/ask.ts'
import { expect, test } from '../harness/journey.ts'
import { threeModels } from '../harness/three-models.ts'

test.use({ models: threeModels })

test('a click on a column sorts by it, which the URL and the header say', async ({ scene: { page } }) => {
  const size = page.getByRole('columnheader', { name: 'Size' })
  await size.getByRole('button').click()
  await expect(page).toHaveURL(/OrderBy=-Size/)
  await expect(size).toHaveAttribute('aria-sort', 'descending')
})

test('Shift and a click sort by a second column', async ({ scene: { page } }) => {
  const header = (name: string) => page.getByRole('columnheader', { name })
  await header('Size').getByRole('button').click()
  await header('Name')
    .getByRole('button')
    .click({ modifiers: ['Shift'] })
  await expect(page).toHaveURL(/OrderBy=-Size(%2C|,)Name/)
  await expect(header('Name')).toHaveAttribute('aria-sort', 'ascending')
  await expect(header('Size')).toHaveAttribute('aria-sort', 'descending')
})

test('a column is hidden', async ({ scene: { page } }) => {
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await page.getByRole('checkbox', { name: 'Runs here' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'Runs here' })).toBeHidden()
})

test('a column is made wider by dragging its edge', async ({ scene: { page } }) => {
  const box = () => page.getByRole('columnheader', { name: 'Name' }).boundingBox()
  const before = await box()
  if (before === null) throw new Error('the column takes no room')
  await page.locator('[data-grip="name"]').hover()
  await page.mouse.down()
  await page.mouse.move(before.x + 400, before.y + 5, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await box())?.width).toBeGreaterThan(before.width + 40)
})

test('the names of the columns are one stop of Tab, and arrow keys set their widths', async ({
  scene: { page, shots },
}) => {
  const grid = page.getByRole('grid', { name: 'Models' })
  const names = page.getByRole('columnheader')
  await expect(grid.locator('[tabindex="0"]')).toHaveCount(1)
  await names.getByRole('button', { name: 'Name' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('Signature', { exact: true })).toBeFocused()
  const edge = page.getByRole('separator', { name: 'Width of Signature' })
  const width = async () => Number(await edge.getAttribute('aria-valuenow'))
  const usual = await width()
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(edge).toBeFocused()
  await expect.poll(width).toBe(usual - 16)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(width).toBe(usual - 32)
  await shots.take('column-edge')
  await page.keyboard.press('Delete')
  await expect.poll(width).toBe(usual)
  await page.keyboard.press('Escape')
  await page.keyboard.press('End')
  await expect(names.getByRole('button', { name: 'Updated' })).toBeFocused()
  await expect(grid.locator('[tabindex="0"]')).toHaveText('Updated')
  await page.keyboard.press('ArrowDown')
  await expect(grid).toBeFocused()
})

test('a custom field is offered as a column whatever the list shows, and its numbers are aligned right', async ({
  scene: { page, shots },
}) => {
  for (const name of ['silero_vad_v5', 'silero_vad_v6', 'silero_vad_legacy'])
    await ask(page, 'PATCH', await modelPath(page, name), { Fields: { accuracy: 0.912 } })
  const search = page.getByRole('searchbox', { name: 'Search models' })
  await search.fill('called like no model')
  await expect(page.getByRole('status').filter({ hasText: '0 of 3' })).toBeVisible()
  await page.getByRole('button', { name: 'Rows and columns' }).click()
  await page.getByText('List', { exact: true }).click()
  await page.getByRole('checkbox', { name: /^accuracy\s*3$/ }).check()
  await shots.take('own-columns')
  await page.keyboard.press('Escape')
  await search.fill('')
  await expect(page.getByRole('gridcell', { name: '0.912' })).toHaveCount(3)
  await expect(page.getByRole('gridcell', { name: '0.912' }).first()).toHaveCSS('text-align', 'right')
  await shots.take('own-numbers')
})
