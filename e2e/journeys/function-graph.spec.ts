import type { Page } from '@playwright/test'
import { functionModels } from '../harness/function-models.ts'
import { openModel } from '../harness/import-models.ts'
import { expect, test } from '../harness/journey.ts'

test.use({ models: functionModels })

/** Opens the graph of a model, and names its parts. */
async function openGraph(page: Page) {
  const main = page.getByRole('main')
  const graph = main.getByRole('application', { name: 'Graph' })
  await openModel(page, 'silero_vad_v5')
  await page.keyboard.press('3')
  await expect(graph).toBeVisible({ timeout: 20_000 })
  return { main, graph, details: main.getByRole('complementary') }
}

test('keys lead down the edges of the graph, into a subgraph and back', async ({ scene: { page, shots } }) => {
  const { main, graph, details } = await openGraph(page)
  const part = main.getByRole('navigation', { name: 'Part of the graph' })
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
})

test('search finds a node in a subgraph, and the values of its weight are shown', async ({
  scene: { page, shots },
}) => {
  const { main, graph, details } = await openGraph(page)
  const search = main.getByRole('combobox', { name: 'Find a node or a tensor' })
  await graph.focus()
  await page.keyboard.press('f')
  await expect(search).toBeFocused()
  await search.fill('lstm')
  await expect(main.getByRole('option').filter({ hasText: 'LSTM' }).first()).toBeVisible({ timeout: 20_000 })
  await shots.take('function-graph-search')
  await page.keyboard.press('Enter')
  await expect(details.getByRole('heading', { level: 2 })).toHaveText('LSTM', { timeout: 20_000 })
  await expect(details).toContainText('hidden_size')
  await expect(main.getByRole('button', { name: 'LSTM', exact: true, pressed: true })).toBeVisible({ timeout: 20_000 })
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
})

test('search in the graph says that nothing matches', async ({ scene: { page } }) => {
  const { main } = await openGraph(page)
  await main.getByRole('combobox', { name: 'Find a node or a tensor' }).fill('no such node')
  await expect(main.getByText('No matches for “no such node” in the graph.')).toBeVisible()
})

test('contents count operators and bytes, and show the values of an initializer', async ({
  scene: { page, shots },
}) => {
  const main = page.getByRole('main')
  await openModel(page, 'silero_vad_v5')
  await main.getByRole('tab', { name: 'Contents' }).click()
  await expect(main.getByRole('tabpanel', { name: 'Contents' })).toBeVisible()
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
})
