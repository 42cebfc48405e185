import type { Locator, Page } from '@playwright/test'
import { functionModels } from '../harness/function-models.ts'
import { openModel } from '../harness/import-models.ts'
import { expect, test } from '../harness/journey.ts'

test.use({ models: functionModels })

test('a fitted graph is fitted again when the window changes its size, clear of the help for the keys', async ({
  scene: { page },
}) => {
  const { main, graph, boxes } = await openGraph(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect.poll(() => offCentre(graph, boxes)).toBeLessThan(4)
  await page.setViewportSize({ width: 1600, height: 700 })
  await expect.poll(() => offCentre(graph, boxes)).toBeLessThan(4)
  const room = await graph.boundingBox()
  const help = await main.getByText('Arrow keys follow the edges').boundingBox()
  expect(help?.y).toBeGreaterThanOrEqual((room?.y ?? Number.NaN) + (room?.height ?? Number.NaN))
})

test('a node that was flown to stays in the middle, also when the size changes during the flight', async ({
  scene: { page },
}) => {
  const { graph, chosen } = await openGraph(page)
  await walkToNode(page)
  await page.setViewportSize({ width: 1920, height: 1080 })
  await expect.poll(() => offCentre(graph, chosen)).toBeLessThan(4)
  await page.setViewportSize({ width: 1600, height: 900 })
  await expect.poll(() => offCentre(graph, chosen)).toBeLessThan(4)
})

test('a graph that was moved by hand keeps its middle and its zoom when the size changes', async ({
  scene: { page },
}) => {
  const { graph, chosen } = await openGraph(page)
  await walkToNode(page)
  await page.setViewportSize({ width: 1600, height: 900 })
  await expect.poll(() => offCentre(graph, chosen)).toBeLessThan(4)
  const area = await graph.boundingBox()
  if (area === null) throw new Error('the graph takes no room')
  await page.mouse.move(area.x + 40, area.y + 40)
  await page.mouse.down()
  await page.mouse.move(area.x + 240, area.y + 90, { steps: 4 })
  await page.mouse.up()
  const moved = await offCentre(graph, chosen)
  const before = await chosen.boundingBox()
  expect(moved).toBeGreaterThan(150)
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect.poll(async () => (await graph.boundingBox())?.width).not.toBe(area.width)
  await expect.poll(async () => Math.abs((await offCentre(graph, chosen)) - moved)).toBeLessThan(4)
  expect((await chosen.boundingBox())?.width).toBeCloseTo(before?.width ?? Number.NaN, 0)
})

/** Opens the graph of a model. `boxes` are its nodes, `chosen` is the one that is selected. */
async function openGraph(page: Page) {
  const main = page.getByRole('main')
  const graph = main.getByRole('application', { name: 'Graph' })
  const boxes = graph.locator('.react-flow__node')
  await openModel(page, 'silero_vad_v5')
  await page.keyboard.press('3')
  await expect(graph.getByRole('button', { name: 'Equal' })).toBeVisible({ timeout: 20_000 })
  return { main, graph, boxes, chosen: boxes.filter({ has: page.locator('[aria-pressed="true"]') }) }
}

/** From the input to the node *Equal*, by keys. */
async function walkToNode(page: Page): Promise<void> {
  const main = page.getByRole('main')
  await main.getByRole('application', { name: 'Graph' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(main.getByRole('complementary')).toContainText('Equal')
}

/** How far the middle of the boxes is from the middle of the graph, across, in pixels. */
async function offCentre(graph: Locator, boxes: Locator): Promise<number> {
  const room = await graph.boundingBox()
  const places = (await Promise.all((await boxes.all()).map((box) => box.boundingBox()))).filter(
    (place) => place !== null,
  )
  const left = Math.min(...places.map(({ x }) => x))
  const right = Math.max(...places.map(({ x, width }) => x + width))
  return room ? Math.abs((left + right) / 2 - (room.x + room.width / 2)) : Number.POSITIVE_INFINITY
}
