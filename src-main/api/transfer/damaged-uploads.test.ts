import { afterAll, beforeAll, expect, it } from 'vitest'
import { filesBelow } from '../../cabinet/testing/test-cabinet.ts'
import { addModel, convolutionModel, everythingModel } from '../../onnx/testing/feature-models.ts'
import { hostileZips } from '../../onnx/testing/hostile-zips.ts'
import { buildModel } from '../../onnx/testing/model-builder.ts'
import { mutate, seededRandom } from '../../onnx/testing/mutate.ts'
import { openTestApi, type TestApi, withForm } from '../testing/test-api.ts'

// Protects the cabinet from files of any kind: each is taken, or refused in a sentence, and nothing of a refused one stays.
// `npm run bench -- mutate-upload` does the same over HTTP a hundred thousand times.

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(async () => {
  expect(api.unexpected).toEqual([])
  await api.remove()
})

it('takes damaged models and zips, or refuses them in a sentence', async () => {
  const random = seededRandom(20_261_123)
  const whole = [...[addModel, convolutionModel, everythingModel].map(buildModel), ...(await hostileZips())]
  const statuses = new Set<number>()
  let taken = 0
  for (let index = 0; index < 200; index++) {
    const { bytes, what } = mutate(whole, random)
    const file = { bytes: Uint8Array.from(bytes), name: 'mutant.onnx' }
    const { status, body } = await api.ask('/functions', withForm('POST', { file }))
    statuses.add(status)
    if (status === 200) taken += 1
    else expect(body, `${index}, ${what}`).toMatchObject({ Message: expect.stringMatching(/^\S.*\.$/s) })
  }
  expect([...statuses].sort()).toEqual([200, 422])
  expect((await api.cabinet.statistics({})).Total).toBe(taken)
  expect(await filesBelow(api.cabinet.files.incoming)).toEqual([])
})
