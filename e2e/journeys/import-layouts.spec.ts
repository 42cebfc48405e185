import type { Page } from '@playwright/test'
import { z } from 'zod'
import { writeLayouts } from '../../src-main/cabinet/testing/model-layouts.ts'
import { ask, runJob } from '../harness/ask.ts'
import { expect, test } from '../harness/journey.ts'

/** `LAYOUTS=13` takes 208 models. */
const ROUNDS = Number(process.env.LAYOUTS ?? 2)

const Detail = z.object({
  UUID: z.string(),
  ContentSha256: z.string().nullable(),
  TotalSize: z.number(),
  Runs: z.boolean().nullable(),
  Downloads: z.array(
    z.object({ Role: z.string(), Name: z.string(), Location: z.string().nullable(), Sha256: z.string() }),
  ),
})

const listed = async (page: Page) =>
  z.array(Detail.pick({ UUID: true })).parse(await ask(page, 'GET', '/functions?Limit=1000'))

/** Each model of the library by its files and whether it runs, in no order. */
async function described(page: Page): Promise<string[]> {
  const unchecked = () => ask(page, 'GET', '/functions?Runs=null&Limit=1')
  await expect.poll(unchecked, { timeout: ROUNDS * 75_000 }).toEqual([])
  const rows = await listed(page)
  const models: string[] = []
  for (const { UUID } of rows) {
    const { Downloads, ...rest } = Detail.parse(await ask(page, 'GET', `/function/${UUID}`))
    const files = Downloads.filter(({ Role }) => Role === 'external' || Role === 'companion')
      .map(({ Role, Name, Location, Sha256 }) => `${Role} ${Location ?? Name} ${Sha256}`)
      .toSorted()
    models.push(JSON.stringify({ ...rest, UUID: '', files }))
  }
  return models.toSorted()
}

test('models in every layout that are dropped as a folder are those that an import by path gives', async ({
  newScene: { page, drop, shots },
  folder,
}) => {
  test.setTimeout(ROUNDS * 300_000)
  const path = `${folder}/models`
  const isDesktop = test.info().project.name === 'desktop'
  // Browsers show a page no symbolic links in a folder that is dropped on it.
  await writeLayouts(path, ROUNDS, isDesktop)
  await runJob(page, '/admin/import', { Paths: [path] })
  const byPath = await described(page)
  await runJob(page, '/functions/bulk', { All: true, Change: { Delete: true } })
  await page.reload()
  await ask(page, 'DELETE', '/functions/trash')
  await page.getByRole('heading', { name: 'Drop ONNX models here' }).waitFor()

  await drop([path])
  if (isDesktop)
    await page.getByRole('dialog', { name: 'Import models' }).getByRole('button', { name: 'Import' }).click()
  const activity = page.getByRole('dialog', { name: 'Activity', exact: true })
  await expect(activity.getByText(/imported/).first()).toBeVisible({ timeout: 120_000 })
  await expect.poll(async () => (await listed(page)).length, { timeout: ROUNDS * 75_000 }).toBe(byPath.length)
  await shots.take('import-layouts')
  expect(await described(page)).toEqual(byPath)
})
