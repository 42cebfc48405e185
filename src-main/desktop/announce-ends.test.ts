import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ImportResult } from '../../src-contract/contract/desktop/bridge.ts'
import type { CabinetLink } from '../link/link.ts'
import { supervise } from '../processes/supervisor.ts'
import { type Announcement, announceEnds } from './announce-ends.ts'

// Protects the system's notices: one for each long import that nobody watched, with all that became of it.

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const batch = (count: number, outcome: ImportResult['outcome'] = 'imported'): ImportResult[] =>
  Array.from({ length: count }, (_, at) => ({ path: `/models/${at}.onnx`, name: `${at}.onnx`, outcome, message: '' }))

function hearing({ watched }: { watched: () => boolean } = { watched: () => false }) {
  const told: Announcement[] = []
  const nobody = supervise<CabinetLink>({ connect: () => new Promise(() => {}) })
  const { importing } = announceEnds(nobody, watched, (news) => told.push(news))
  /** One batch of the window, which takes so many milliseconds. */
  const take = async (milliseconds: number, results: ImportResult[]) => {
    const work = importing(new Promise<ImportResult[]>((done) => setTimeout(() => done(results), milliseconds)))
    await vi.advanceTimersByTimeAsync(milliseconds)
    await work
  }
  return { told, take }
}

it('says nothing of a short import', async () => {
  const { told, take } = hearing()
  await take(4_000, batch(8))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual([])
})

it('says nothing of a long one to who sees it anyway', async () => {
  const { told, take } = hearing({ watched: () => true })
  await take(60_000, batch(8))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual([])
})

it('takes the batches of one import together, however many follow each other', async () => {
  const { told, take } = hearing()
  for (let at = 0; at < 40; at++) {
    // The window needs a moment for its next batch; half a second after an earlier one, it must not be taken for the end.
    await take(229, batch(8))
    await vi.advanceTimersByTimeAsync(20)
  }
  await take(229, [...batch(2, 'present'), ...batch(1, 'refused')])
  expect(told).toEqual([])
  await vi.advanceTimersByTimeAsync(500)
  expect(told).toEqual([{ title: 'Import finished', body: '320 imported, 2 already here, 1 refused' }])
})

it('begins to count anew with the next import', async () => {
  const { told, take } = hearing()
  await take(6_000, batch(3))
  await vi.advanceTimersByTimeAsync(600)
  await take(1_000, batch(5))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual([{ title: 'Import finished', body: '3 imported' }])
})
