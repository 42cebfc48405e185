import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { finished } from '../jobs/testing/finished.ts'
import { ada, modelBytes, openTestCabinet, type TestCabinet } from '../testing/test-cabinet.ts'

// Protects people who look for what fills their disk: equal files of a folder are one model, and each of its places is told.

let context: TestCabinet
let folder: string
beforeAll(async () => {
  context = await openTestCabinet()
  folder = await mkdtemp(join(tmpdir(), 'cabinet-pairs-'))
})
afterAll(async () => {
  await context.remove()
  await rm(folder, { recursive: true, force: true })
})

async function duplicates(): Promise<[string[], number][]> {
  const request = ImportRequest.parse({ Paths: [folder], Mode: 'reference' })
  await finished(context.cabinet, context.cabinet.jobs.startImport(ada, request))
  const { rows } = await context.cabinet.listing.list({ Duplicates: 'bytes' }, {})
  return rows
    .map(({ Paths, PathCount }): [string[], number] => [Paths, PathCount])
    .toSorted(([[a = '']], [[b = '']]) => (a < b ? -1 : 1))
}

test('five identical pairs in a folder are five duplicates with both paths, until one of a pair is removed or moved', async () => {
  const at = (place: string, pair: number) => join(folder, place, `${pair}.onnx`)
  for (const place of ['a', 'b', 'c']) await mkdir(join(folder, place))
  for (let pair = 0; pair < 5; pair++)
    for (const place of ['a', 'b']) await writeFile(at(place, pair), modelBytes(pair))
  await writeFile(at('a', 9), modelBytes(9))
  const pairs = [0, 1, 2, 3, 4].map((pair): [string[], number] => [[at('a', pair), at('b', pair)], 2])
  expect(await duplicates()).toEqual(pairs)
  await rm(at('b', 0))
  await rm(at('a', 1))
  await rename(at('b', 2), at('c', 2))
  expect(await duplicates()).toEqual([[[at('a', 2), at('c', 2)], 2], ...pairs.slice(3)])
})
