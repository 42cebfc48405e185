import { expect, type Locator, type Page } from '@playwright/test'
import { openModel } from '../harness/import-models.ts'
import type { Shots } from '../harness/shots.ts'

/** A graph is walked by keys, searched down to its sub-graphs, unfolded, and what is in the file is counted. */
export async function functionGraph(page: Page, shots: Shots): Promise<void> {
  const main = page.getByRole('main')
  const graph = main.getByRole('application', { name: 'Graph' })
  const details = main.getByRole('complementary')
  const search = main.getByRole('combobox', { name: 'Find a node or a tensor' })
  const part = main.getByRole('navigation', { name: 'Part of the graph' })
  await openModel(page, 'silero_vad_v5')

  // By keys alone: from an input down the edges into a node that holds graphs, into one of them, and back up.
  await page.keyboard.press('3')
  await expect(graph).toBeVisible({ timeout: 20_000 })
  await graph.focus()
  await page.keyboard.press('ArrowDown')
  await expect(details).toContainText('Input')
  await page.keyboard.press('ArrowDown')
  await expect(details).toContainText('Equal')
  await page.keyboard.press('ArrowDown')
  await expect(details.getByRole('heading', { level: 2 })).toHaveText('If')
  // What only the branches use is drawn as going in.
  await expect(details).toContainText('Captured by its subgraphs')
  await shots.take('function-graph')
  await page.keyboard.press('Enter')
  await expect(part).toContainText('else_branch of node 2')
  await expect(graph).toBeVisible({ timeout: 20_000 })
  await graph.focus()
  await page.keyboard.press('Backspace')
  await expect(part).not.toContainText('else_branch')
  await expect(graph).toBeVisible({ timeout: 20_000 })

  // Search reaches every sub-graph and flies there; a second Enter goes on to the next hit.
  await graph.focus()
  await page.keyboard.press('f')
  await expect(search).toBeFocused()
  await search.fill('lstm')
  await expect(main.getByRole('option').filter({ hasText: 'LSTM' }).first()).toBeVisible({ timeout: 20_000 })
  await shots.take('function-graph-search')
  await page.keyboard.press('Enter')
  await expect(details.getByRole('heading', { level: 2 })).toHaveText('LSTM', { timeout: 20_000 })
  await expect(details).toContainText('hidden_size')
  await expect(main.getByRole('button', { name: 'LSTM', exact: true, pressed: true })).toBeVisible()
  // The values of a weight, read when they are asked for.
  const values = details.getByRole('button', { name: /^Values of .*weight/ }).first()
  await values.click()
  await expect(details.getByRole('img', { name: /^Histogram of [\d,]+ values from −/ })).toBeVisible({
    timeout: 20_000,
  })
  await expect(details).toContainText('Std. deviation')
  // A negative number looks the same wherever it stands.
  for (const figure of [values, details.getByRole('region', { name: 'First values' })])
    await expect(figure).toContainText('−')
  const faces = await details
    .getByText(/^−\d/)
    .evaluateAll((figures) => figures.map((figure) => getComputedStyle(figure).fontFamily))
  expect(faces.length).toBeGreaterThan(2)
  expect(new Set(faces).size).toBe(1)
  await shots.take('function-graph-found')
  await search.fill('no such node')
  await expect(main.getByText('No matches for “no such node” in the graph.')).toBeVisible()

  // Contents: operators, bytes, tensors, through sub-graphs.
  await main.getByRole('tab', { name: 'Contents' }).click()
  await main.getByRole('button', { name: /^Show \d+ other kinds$/ }).click()
  await expect(main.getByRole('list', { name: 'Nodes by operator' })).toContainText('LSTM')
  await expect(main.getByRole('list', { name: 'Bytes by element type' })).toContainText('f32')
  await main.getByRole('textbox', { name: 'Find an initializer' }).fill('decoder.rnn.weight_ih')
  const initializers = main.getByRole('region', { name: 'Initializers' })
  await expect(initializers).toContainText('512×128')
  const weight = initializers.getByRole('button', { name: /decoder\.rnn\.weight_ih/ }).first()
  await weight.press('Enter')
  await expect(initializers.getByRole('img', { name: /^Histogram of 65,536 values/ })).toBeVisible({ timeout: 20_000 })
  await shots.take('function-contents')
}

/** What was fitted is fitted again after the window changed its size, and what was moved keeps its middle. */
export async function functionGraphResize(page: Page): Promise<void> {
  const main = page.getByRole('main')
  const graph = main.getByRole('application', { name: 'Graph' })
  const box = graph.getByRole('button', { name: 'Equal' })
  const boxes = graph.locator('.react-flow__node')
  const chosen = boxes.filter({ has: page.locator('[aria-pressed="true"]') })
  await openModel(page, 'silero_vad_v5')
  await page.keyboard.press('3')
  await expect(box).toBeVisible({ timeout: 20_000 })
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect.poll(() => offCentre(graph, boxes)).toBeLessThan(4)
  await page.setViewportSize({ width: 1600, height: 700 })
  await expect.poll(() => offCentre(graph, boxes)).toBeLessThan(4)
  // Nothing of the help for the keys lies over the picture.
  const room = await graph.boundingBox()
  const help = await main.getByText('Arrow keys follow the edges').boundingBox()
  expect(help?.y).toBeGreaterThanOrEqual((room?.y ?? Number.NaN) + (room?.height ?? Number.NaN))

  // What was flown to is kept in the middle beside its details, also where the window changes during the flight.
  await graph.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(main.getByRole('complementary')).toContainText('Equal')
  await page.setViewportSize({ width: 1920, height: 1080 })
  await expect.poll(() => offCentre(graph, chosen)).toBeLessThan(4)
  await page.setViewportSize({ width: 1600, height: 900 })
  await expect.poll(() => offCentre(graph, chosen)).toBeLessThan(4)

  // Of what was moved by hand, the middle stays in the middle, as large as it was.
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
}

/** How far the middle of the boxes lies from the middle of the graph's room, across, in pixels. */
async function offCentre(graph: Locator, boxes: Locator): Promise<number> {
  const room = await graph.boundingBox()
  const places = (await Promise.all((await boxes.all()).map((box) => box.boundingBox()))).filter(
    (place) => place !== null,
  )
  const left = Math.min(...places.map(({ x }) => x))
  const right = Math.max(...places.map(({ x, width }) => x + width))
  return room ? Math.abs((left + right) / 2 - (room.x + room.width / 2)) : Number.POSITIVE_INFINITY
}

/** Ten thousand nodes are one box at first sight, and can all be seen. */
export async function functionLargeGraph(page: Page, shots: Shots): Promise<void> {
  const main = page.getByRole('main')
  const graph = main.getByRole('application', { name: 'Graph' })
  await openModel(page, 'layers')
  await page.keyboard.press('3')
  const block = graph.getByRole('button', { name: /encoder\/layers/ })
  await expect(block).toBeVisible({ timeout: 20_000 })
  await expect(block).toContainText('1,000 × 10 nodes')
  await block.dblclick()
  await expect(graph.getByRole('button', { name: /layers\/0–/ })).toBeVisible({ timeout: 20_000 })
  await shots.take('function-graph-blocks')

  // Search opens the groups that hide a node.
  const search = main.getByRole('combobox', { name: 'Find a node or a tensor' })
  await search.fill('layers.500/Add_4')
  await page.keyboard.press('Enter')
  await expect(main.getByRole('complementary')).toContainText('/encoder/layers.500/Add_4', { timeout: 20_000 })

  // All nodes, laid out in the background.
  await main
    .getByRole('navigation', { name: 'Part of the graph' })
    .getByRole('button', { name: 'layers', exact: true })
    .click()
  await main.getByText('All nodes', { exact: true }).click()
  await expect(graph.getByRole('button', { name: /^Add/ }).first()).toBeVisible({ timeout: 20_000 })
  // What the arrows carry is written on them, and said in full when it is pointed at.
  const shape = graph.getByTitle(/^\/encoder\/layers\.\d+\/Relu_\d_output · f32 N×8$/).first()
  await expect(shape).toHaveText('N×8')
  const [under, named] = [await shape.boundingBox(), graph.locator('.react-flow__pane')]
  if (under === null) throw new Error('the shape takes no room')
  await page.mouse.move(under.x + under.width / 2, under.y + under.height + 3)
  await expect(named).toHaveAttribute('title', /_output · f32 N×8$/)
  await shots.take('function-graph-all')

  // The overview leads to the other end of the graph at once.
  const overview = graph.locator('[data-overview]')
  const map = await overview.boundingBox()
  if (map === null) throw new Error('the graph has no overview')
  await page.mouse.click(map.x + map.width / 2, map.y + map.height - 1)
  await expect(graph.getByRole('button', { name: /^Identity/ })).toBeVisible()

  // Fitted it would be a line: it begins at the input instead, with the overview to go on.
  await graph.focus()
  await page.keyboard.press('0')
  const first = graph.getByRole('button', { name: /^Add/ }).first()
  await expect(graph.getByRole('button', { name: /^x f32/ })).toBeVisible()
  await expect(overview).toBeVisible()

  // From far away boxes are painted; they are still found under the pointer.
  const area = await first.boundingBox()
  if (area === null) throw new Error('the first node takes no room')
  await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2)
  await expect(async () => {
    await page.mouse.wheel(0, 400)
    await expect(graph.getByRole('button', { name: /^Add/ })).toHaveCount(0, { timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await shots.take('function-graph-far')
  await page.mouse.click(area.x + area.width / 2, area.y + area.height / 2)
  await expect(main.getByRole('complementary')).toContainText('/encoder/layers.')
}
