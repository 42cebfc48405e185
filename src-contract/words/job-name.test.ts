import { expect, it } from 'vitest'
import { jobName, jobRemark } from './job-name.ts'

// Protects what jobs are called in the activity, on their buttons and in the system's notices.

const bulk = { Kind: 'bulk', Title: 'Starring 12 models' } as const

it('calls a change that a former version began a change', () => {
  expect(jobName({ Kind: 'bulk', State: 'cancelled', Title: '', Message: 'Cancelled.' })).toBe('Bulk change')
})

it('calls a change by what it does until it has done it, and does not say so twice', () => {
  const running = { ...bulk, State: 'running', Message: 'Starring 12 models' } as const
  expect([jobName(running), jobRemark(running)]).toEqual(['Starring 12 models', ''])
  const failed = { ...bulk, State: 'failed', Message: 'The disk is full.' } as const
  expect([jobName(failed), jobRemark(failed)]).toEqual(['Starring 12 models', 'The disk is full.'])
  const done = { ...bulk, State: 'done', Message: '11 of 12 models starred.' } as const
  expect([jobName(done), jobRemark(done)]).toEqual(['11 of 12 models starred', ''])
})

it('calls other work by its kind, and keeps what it says of itself', () => {
  const backup = { Kind: 'backup', State: 'done', Title: 'Backing up to /backup', Message: 'All is copied.' } as const
  expect([jobName(backup), jobRemark(backup)]).toEqual(['Backup', 'All is copied.'])
})
