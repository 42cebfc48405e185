import { expect, it } from 'vitest'
import type { Job } from '../../src-contract/contract/admin/job.ts'
import type { CabinetLink } from '../link/link.ts'
import { supervise } from '../processes/supervisor.ts'
import { type Announcement, announceEnds } from './announce-ends.ts'

// Protects the system's notices: one for each long job that nobody watched, with what became of it.

const uuid = '00000000-0000-4000-8000-000000000001'
const event = { Id: 1, At: '', Kind: 'job.changed', UUID: uuid, By: 'ada', Summary: '' } as const
const importOf = (seconds: number, State: Job['State'] = 'done'): Job => ({
  UUID: uuid,
  Kind: 'import',
  State,
  Title: 'Importing /models',
  Done: 3,
  Total: 3,
  Unit: 'files',
  Message: '3 models imported.',
  Rate: null,
  StartedAt: '2026-01-01T00:00:00.000Z',
  EndedAt: new Date(Date.parse('2026-01-01T00:00:00.000Z') + seconds * 1_000).toISOString(),
  Result: null,
  Failures: [],
  FailureCount: 0,
})

async function announced(job: Job, { watched = false } = {}): Promise<Announcement[]> {
  const unused = () => Promise.reject(new Error('not used here'))
  const link: CabinetLink = {
    endpoint: { url: null, tokenFile: '', dataDirectory: '', attached: false, version: '' },
    request: async () => ({ status: 200, headers: {}, body: JSON.stringify(job) }),
    save: unused,
    onEvent: () => () => {},
  }
  const cabinet = supervise<CabinetLink>({
    connect: async () => ({ value: link, ended: new Promise(() => {}), close: async () => {} }),
  })
  const told: Announcement[] = []
  const { hear } = announceEnds(
    cabinet,
    () => watched,
    (news) => told.push(news),
  )
  // The last two come while the first is being looked into.
  await Promise.all([hear(event), hear(event), hear(event)])
  await hear(event)
  return told
}

it('says nothing of a short job, of one that goes on, and of one that is watched', async () => {
  expect(await announced(importOf(4))).toEqual([])
  expect(await announced(importOf(60, 'running'))).toEqual([])
  expect(await announced(importOf(60), { watched: true })).toEqual([])
})

it('says once what became of a long one', async () => {
  expect(await announced(importOf(60))).toEqual([
    { title: expect.stringContaining('finished'), body: expect.stringContaining('3 models imported') },
  ])
})
