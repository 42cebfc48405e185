import { describe, expect, it } from 'vitest'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { runsVerdict, troubleOf } from './trouble.ts'

type Model = Pick<FunctionItem, 'Status' | 'Runs' | 'RunsFailure' | 'SyncInformation'>

const model = (change: Partial<Model>): Model => ({
  Status: 'ok',
  Runs: null,
  RunsFailure: null,
  SyncInformation: {},
  ...change,
})

describe('what is wrong with a model', () => {
  it('is why its file is not here, before whatever was found of the file it had', () => {
    const RunsFailure = { Reason: 'operator', Message: 'No operator Swish.' } as const
    expect(troubleOf(model({ Status: 'error', RunsFailure }))).toBe('The stored file is lost or damaged.')
    const SyncInformation = { Message: 'cat.onnx is no longer in its folder.' }
    expect(troubleOf(model({ Status: 'error', SyncInformation }))).toBe('cat.onnx is no longer in its folder.')
    expect(troubleOf(model({ Runs: false, RunsFailure, SyncInformation }))).toBe('No operator Swish.')
    expect(troubleOf(model({ Runs: true, SyncInformation }))).toBe('')
    expect(troubleOf(model({ Runs: false }))).toBe('')
  })
})

describe('whether a model runs here', () => {
  it('is not known after a check that ran out of time', () => {
    const RunsFailure = { Reason: 'timeout', Message: 'Opening it took longer than 60 s.' } as const
    expect(runsVerdict(model({ Runs: false, RunsFailure }))).toEqual({ answer: 'unknown', reason: 'timed out' })
  })

  it('is told with what stands in the way, where that was found out', () => {
    const RunsFailure = { Reason: 'external', Message: 'Its weights are in another file.' } as const
    expect(runsVerdict(model({ Runs: false, RunsFailure }))).toEqual({ answer: 'no', reason: 'weights' })
    expect(runsVerdict(model({ Runs: false }))).toEqual({ answer: 'no', reason: '' })
    expect(runsVerdict(model({ Runs: true })).answer).toBe('yes')
    expect(runsVerdict(model({})).answer).toBe('checking')
    expect(runsVerdict(model({ Status: 'error', Runs: true })).answer).toBe('no file')
  })
})
