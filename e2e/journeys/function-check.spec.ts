import type { Locator } from '@playwright/test'
import { z } from 'zod'
import { ask, modelPath } from '../harness/ask.ts'
import { functionModels } from '../harness/function-models.ts'
import { openModel } from '../harness/import-models.ts'
import { expect, test } from '../harness/journey.ts'

const Report = z.object({ Runtime: z.object({ State: z.string(), CheckedAt: z.string().nullable() }) })

test.use({ models: functionModels })

test('a model that does not run here says why, and is checked again from its facts and its menu', async ({
  scene: { page, shots },
}) => {
  const main = page.getByRole('main')
  const facts = main.getByRole('region', { name: 'Facts' })
  await openModel(page, 'strange')
  await expect(facts).toContainText('has no operator NoSuchOperator')
  await shots.take('function-does-not-run')
  const path = await modelPath(page, 'strange')
  /** Presses `button` and waits until the model was checked once more. */
  const checkAgain = async (button: Locator) => {
    const report = () => ask(page, 'GET', `${path}/inspection`).then((body) => Report.parse(body).Runtime)
    const { CheckedAt: before } = await report()
    await button.click()
    await expect
      .poll(report, { timeout: 20_000 })
      .toEqual({ State: 'failed', CheckedAt: expect.not.stringMatching(`^${before}$`) })
  }
  await checkAgain(facts.getByRole('button', { name: 'Check again' }))
  await expect(facts).toContainText('has no operator NoSuchOperator')

  await main.getByRole('button', { name: 'More actions' }).click()
  await checkAgain(page.getByRole('menuitem', { name: 'Check again whether it runs here' }))
  await expect(main.getByText('Does not run here')).toBeVisible()
})
