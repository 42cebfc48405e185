import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Desktop, expect, launchDesktop, test } from '../harness/desktop.ts'
import { models } from '../harness/models.ts'

// A start shows the library as it was last seen before the cabinet has answered: what people start the app for.

const pictureOf = (dataDirectory: string) => join(dataDirectory, 'window', 'last-seen.json')

/** Whether the first thing that the page painted was that picture. */
const beganWithPicture = ({ page }: Desktop) =>
  page.evaluate(() => {
    const pictures = new PerformanceObserver(() => {})
    pictures.observe({ type: 'element', buffered: true })
    const [first] = performance.getEntriesByName('first-contentful-paint')
    return pictures.takeRecords()[0]?.startTime === first?.startTime
  })

const rowOf = ({ page }: Desktop, name: string) => page.getByRole('row', { name })

async function restart(desktop: Desktop): Promise<Desktop> {
  await desktop.app.close()
  return launchDesktop(desktop.dataDirectory)
}

test('a start begins with the library as it was last seen, which gives way to the list itself', async ({ desktop }) => {
  expect(await beganWithPicture(desktop)).toBe(false)
  await desktop.page.evaluate((paths) => window.cabinet?.importPaths({ id: 'import', paths }, () => {}), [models.v5])
  await expect(rowOf(desktop, 'silero')).toBeVisible()
  await expect.poll(() => existsSync(pictureOf(desktop.dataDirectory))).toBe(true)

  const again = await restart(desktop)
  try {
    await expect(rowOf(again, 'silero')).toBeVisible()
    expect(await beganWithPicture(again)).toBe(true)
    await expect(again.page.locator('#last-seen')).toHaveCount(0)
  } finally {
    await again.app.close()
  }
})

test('a picture that is damaged, foreign or of another window is not shown', async ({ desktop }) => {
  await desktop.page.evaluate((paths) => window.cabinet?.importPaths({ id: 'import', paths }, () => {}), [models.v5])
  const file = pictureOf(desktop.dataDirectory)
  await expect.poll(() => existsSync(file)).toBe(true)
  const good = JSON.parse(await readFile(file, 'utf8'))
  await desktop.app.close()

  // So that no start leaves a good one in its place.
  await mkdir(`${file}.part`)
  const bad = ['{"look":', { ...good, png: '"><h1>foreign</h1>' }, { ...good, look: { ...good.look, width: 700 } }]
  for (const content of bad) {
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
    const again = await launchDesktop(desktop.dataDirectory)
    try {
      await expect(rowOf(again, 'silero')).toBeVisible()
      expect(await beganWithPicture(again)).toBe(false)
      await expect(again.page.getByRole('heading', { name: 'foreign' })).toHaveCount(0)
    } finally {
      await again.app.close()
    }
  }
})
