import { expect, test } from 'vitest'
import { pendingRuntimeCheck } from '../../../src-contract/contract/models/inspection.ts'
import { runsColumns } from './runs-columns.ts'

// Protects lists from a reason of yesterday beside today's answer: both columns are always written together.
test('a row says why it does not run, and nothing of why where it does or nobody knows yet', () => {
  const failed = { State: 'failed', Reason: 'kernel', Message: 'No way to compute Acos.' } as const
  expect(runsColumns(failed)).toEqual({
    runs: 0,
    runs_failure: '{"Reason":"kernel","Message":"No way to compute Acos."}',
  })
  expect(runsColumns({ ...failed, Reason: null })).toEqual({ runs: 0, runs_failure: null })
  expect(runsColumns({ State: 'ok', Reason: null, Message: 'It opened.' })).toEqual({ runs: 1, runs_failure: null })
  expect(runsColumns(pendingRuntimeCheck)).toEqual({ runs: null, runs_failure: null })
})
