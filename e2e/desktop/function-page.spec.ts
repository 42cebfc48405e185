import { test } from '@playwright/test'
import { writeClassifier, writeLayers } from '../harness/built-models.ts'
import { importModels } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { shareDesktop } from '../harness/shared-desktop.ts'
import { createShots } from '../harness/shots.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'
import { functionCode } from '../journeys/function-code.ts'
import { functionCompare } from '../journeys/function-compare.ts'
import { functionEdit } from '../journeys/function-edit.ts'
import { functionGraph, functionLargeGraph } from '../journeys/function-graph.ts'
import { functionTry } from '../journeys/function-try.ts'

test.describe('a model’s page, in the app', () => {
  // One app for all: each journey opens its model from the library, and none needs what another did.
  const desktop = shareDesktop()
  const parts = () => ({ page: desktop().page, shots: createShots(desktop().page, 'desktop') })

  test.beforeAll(async () => {
    test.setTimeout(180_000)
    await withTemporaryFolder(async (folder) => {
      const built = [await writeClassifier(folder), await writeLayers(folder, 1_000)]
      await importModels(desktop().page, [models.v5, models.v6, ...built])
    })
  })
  test.beforeEach(() => test.setTimeout(180_000))

  test('is edited in place and restored', async () => {
    const { page, shots } = parts()
    await functionEdit(page, shots)
  })

  test('shows its graph and its contents', async () => {
    const { page, shots } = parts()
    await functionGraph(page, shots)
  })

  test('shows ten thousand nodes', async () => {
    const { page, shots } = parts()
    await functionLargeGraph(page, shots)
  })

  test('runs and measures a model', async () => {
    const { page, shots } = parts()
    await functionTry(page, shots)
  })

  test('compares two models', async () => {
    const { page, shots } = parts()
    await functionCompare(page, shots)
  })

  test('gives code that runs', async () => {
    const { page, shots } = parts()
    await withTemporaryFolder((folder) => functionCode(page, shots, folder))
  })
})
