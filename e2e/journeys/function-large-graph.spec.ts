import type { Page } from '@playwright/test'
import { writeLayers } from '../harness/built-models.ts'
import { openModel } from '../harness/import-models.ts'
import { expect, test } from '../harness/journey.ts'

// Ten thousand nodes.
test.use({ models: async ({ modelFolder }, use) => use([await writeLayers(modelFolder, 1_000)]) })

test('repeated layers are one box at first, and open in groups', async ({ scene: { page, shots } }) => {
  const graph = await openGraph(page)
  const block = graph.getByRole('button', { name: /encoder\/layers/ })
  await expect(block).toBeVisible({ timeout: 20_000 })
  await expect(block).toContainText('1,000 × 10 nodes')
  await block.dblclick()
  await expect(graph.getByRole('button', { name: /layers\/0–/ })).toBeVisible({ timeout: 20_000 })
  await shots.take('function-graph-blocks')
})

test('search opens the groups that hide a node', async ({ scene: { page } }) => {
  const graph = await openGraph(page)
  await expect(graph.getByRole('button', { name: /encoder\/layers/ })).toBeVisible({ timeout: 20_000 })
  const main = page.getByRole('main')
  await main.getByRole('combobox', { name: 'Find a node or a tensor' }).fill('layers.500/Add_4')
  await page.keyboard.press('Enter')
  await expect(main.getByRole('complementary')).toContainText('/encoder/layers.500/Add_4', { timeout: 20_000 })
  // From there, the whole graph is one step up.
  const part = main.getByRole('navigation', { name: 'Part of the graph' })
  await part.getByRole('button', { name: 'layers', exact: true }).click()
  await showAllNodes(page)
})

test('arrows between nodes show the shapes of what they carry', async ({ scene: { page, shots } }) => {
  const graph = await openGraph(page)
  await showAllNodes(page)
  const shape = graph.getByTitle(/^\/encoder\/layers\.\d+\/Relu_\d_output · f32 N×8$/).first()
  await expect(shape).toHaveText('N×8')
  const [under, named] = [await shape.boundingBox(), graph.locator('.react-flow__pane')]
  if (under === null) throw new Error('the shape takes no room')
  await page.mouse.move(under.x + under.width / 2, under.y + under.height + 3)
  await expect(named).toHaveAttribute('title', /_output · f32 N×8$/)
  await shots.take('function-graph-all')
})

test('the overview leads to the other end of the graph, and 0 back to its input', async ({ scene: { page } }) => {
  const graph = await openGraph(page)
  await showAllNodes(page)
  const overview = graph.locator('[data-overview]')
  const map = await overview.boundingBox()
  if (map === null) throw new Error('the graph has no overview')
  await page.mouse.click(map.x + map.width / 2, map.y + map.height - 1)
  await expect(graph.getByRole('button', { name: /^Identity/ })).toBeVisible()

  // Fitted it would be a line: it begins at the input instead, with the overview to go on.
  await graph.focus()
  await page.keyboard.press('0')
  await expect(graph.getByRole('button', { name: /^x f32/ })).toBeVisible()
  await expect(overview).toBeVisible()
})

test('nodes that are painted from far away are found under the pointer', async ({ scene: { page, shots } }) => {
  const graph = await openGraph(page)
  await showAllNodes(page)
  const nodes = graph.getByRole('button', { name: /^Add/ })
  const area = await nodes.first().boundingBox()
  if (area === null) throw new Error('the first node takes no room')
  await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2)
  await expect(async () => {
    await page.mouse.wheel(0, 400)
    await expect(nodes).toHaveCount(0, { timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await shots.take('function-graph-far')
  await page.mouse.click(area.x + area.width / 2, area.y + area.height / 2)
  await expect(page.getByRole('main').getByRole('complementary')).toContainText('/encoder/layers.')
})

async function openGraph(page: Page) {
  await openModel(page, 'layers')
  await page.keyboard.press('3')
  return page.getByRole('main').getByRole('application', { name: 'Graph' })
}

/** All nodes, laid out in the background. */
async function showAllNodes(page: Page): Promise<void> {
  const main = page.getByRole('main')
  await main.getByText('All nodes', { exact: true }).click()
  const graph = main.getByRole('application', { name: 'Graph' })
  await expect(graph.getByRole('button', { name: /^Add/ }).first()).toBeVisible({ timeout: 20_000 })
}
