import { expect, type Page } from '@playwright/test'
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
  await expect(details).toContainText('Taken by its sub-graphs')
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
  await shots.take('function-graph-found')
  await search.fill('no such node')
  await expect(main.getByText('Nothing in the graph is called “no such node”.')).toBeVisible()

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

  // All nodes: laid out in the background, and stoppable when that takes long.
  await main
    .getByRole('navigation', { name: 'Part of the graph' })
    .getByRole('button', { name: 'layers', exact: true })
    .click()
  await main.getByText('All nodes', { exact: true }).click()
  const stop = main.getByRole('button', { name: 'Stop and show a plain layout' })
  await expect(stop.or(graph.getByRole('button', { name: /^Add/ }).first())).toBeVisible({ timeout: 20_000 })
  if (await stop.isVisible()) await stop.click({ timeout: 2_000 }).catch(() => undefined)
  await expect(graph.getByRole('button', { name: /^Add/ }).first()).toBeVisible({ timeout: 20_000 })
  await shots.take('function-graph-all')

  // The overview leads to the other end of the graph at once.
  const overview = graph.locator('[data-overview]')
  const map = await overview.boundingBox()
  if (map === null) throw new Error('the graph has no overview')
  await page.mouse.click(map.x + map.width / 2, map.y + map.height - 1)
  await expect(graph.getByRole('button', { name: /^Identity/ })).toBeVisible()

  // From far away boxes are painted; they are still found under the pointer.
  await graph.focus()
  await page.keyboard.press('0')
  await expect(overview).toBeHidden()
  await expect(graph.getByRole('button', { name: /^Add/ })).toHaveCount(0)
  await shots.take('function-graph-far')
  const area = await graph.boundingBox()
  if (area === null) throw new Error('the graph takes no room')
  await page.mouse.click(area.x + area.width / 2, area.y + area.height / 2)
  await expect(main.getByRole('complementary')).toContainText('/encoder/layers.')
}
