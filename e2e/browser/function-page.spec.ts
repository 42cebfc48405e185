import { test } from '../harness/browser.ts'
import { writeClassifier, writeLayers, writeStrange } from '../harness/built-models.ts'
import { importModels } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { createShots } from '../harness/shots.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'
import { functionCheck } from '../journeys/function-check.ts'
import { functionCode } from '../journeys/function-code.ts'
import { functionCompare } from '../journeys/function-compare.ts'
import { functionEdit } from '../journeys/function-edit.ts'
import { functionGraph, functionGraphResize, functionLargeGraph } from '../journeys/function-graph.ts'
import { functionTry } from '../journeys/function-try.ts'

test.describe('a model’s page, in a browser', () => {
  test.beforeEach(() => test.setTimeout(180_000))

  test('is edited in place and restored', async ({ page }) => {
    await importModels(page, [models.v5])
    await functionEdit(page, createShots(page, 'browser'))
  })

  test('shows its graph and its contents', async ({ page }) => {
    await importModels(page, [models.v5])
    await functionGraph(page, createShots(page, 'browser'))
  })

  test('keeps its graph in the middle', async ({ page }) => {
    await importModels(page, [models.v5])
    await functionGraphResize(page)
  })

  test('shows ten thousand nodes', async ({ page }) => {
    await withTemporaryFolder(async (folder) => {
      await importModels(page, [await writeLayers(folder, 1_000)])
      await functionLargeGraph(page, createShots(page, 'browser'))
    })
  })

  test('runs and measures a model', async ({ page }) => {
    await withTemporaryFolder(async (folder) => {
      await importModels(page, [models.v5, await writeClassifier(folder)])
      await functionTry(page, createShots(page, 'browser'))
    })
  })

  test('is checked again', async ({ page }) => {
    await withTemporaryFolder(async (folder) => {
      await importModels(page, [await writeStrange(folder)])
      await functionCheck(page, createShots(page, 'browser'))
    })
  })

  test('compares two models', async ({ page }) => {
    await importModels(page, [models.v5, models.v6])
    await functionCompare(page, createShots(page, 'browser'))
  })

  test('gives code that runs', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await importModels(page, [models.v5])
    await withTemporaryFolder((folder) => functionCode(page, createShots(page, 'browser'), folder))
  })
})
