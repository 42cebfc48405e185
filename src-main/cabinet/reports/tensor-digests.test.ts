import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { convolutionModel } from '../../onnx/testing/feature-models.ts'
import type { Cabinet } from '../cabinet.ts'
import { ada, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

let context: TestCabinet
let cabinet: Cabinet

beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())

async function add(seed: number): Promise<string> {
  const bundle = await upload(cabinet, modelBytes(seed, convolutionModel))
  return (await cabinet.functions.create(ada, { Name: 'model' }, { bundle })).body.UUID
}
const digestsOf = (uuid: string) => cabinet.functions.inspection(uuid).Initializers.map(({ Sha256 }) => Sha256)

test('a report that somebody looked at has its digests soon, and keeps them', async () => {
  const uuid = await add(1)
  const revision = cabinet.functions.get(uuid).revision
  expect(digestsOf(uuid)).toEqual([null, null, null])
  await expect.poll(() => digestsOf(uuid)).not.toContain(null)
  expect(cabinet.functions.get(uuid).revision).toBe(revision)
})

test('who needs them waits for them, and the same weights have the same digests', async () => {
  const [one, two] = [await add(2), await add(3)]
  const reports = await Promise.all([one, two].map((uuid) => cabinet.digests.of(uuid, {})))
  const [left, right] = reports.map(({ Initializers }) => Initializers.map(({ Sha256 }) => Sha256))
  expect(left).not.toContain(null)
  expect(left).toEqual(right)
})

test('an abort ends the reading with its reason, and a damaged file is told', async () => {
  const uuid = await add(4)
  const reason = new Error('nobody waits any more')
  await expect(cabinet.digests.of(uuid, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  await writeFile(cabinet.modelFiles.locate(uuid).path, 'not a model any more')
  await expect(cabinet.digests.of(uuid, {})).rejects.toMatchObject({ code: 'unavailable' })
})
