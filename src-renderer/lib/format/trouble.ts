import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import type { FailureReason } from '../../../src-contract/contract/models/inspection.ts'

/** What is wrong with a model, in whole sentences; empty where nothing is. */
export function troubleOf({
  Status,
  SyncInformation: { Message },
  RunsFailure,
}: Pick<FunctionItem, 'Status' | 'SyncInformation' | 'RunsFailure'>): string {
  if (Status === 'error')
    return typeof Message === 'string' && Message !== '' ? Message : 'The stored file is lost or damaged.'
  return Status === 'ok' ? (RunsFailure?.Message ?? '') : ''
}

/** What stands in the way, in a word. */
const words: Record<FailureReason, string> = {
  operator: 'operator',
  type: 'type',
  kernel: 'kernel',
  external: 'weights',
  invalid: 'invalid',
  memory: 'memory',
  crash: 'crash',
  timeout: 'timed out',
}

/** Whether a model runs here, as far as the last check could tell. */
export type RunsVerdict = { answer: 'yes' | 'no' | 'unknown' | 'checking' | 'no file'; reason: string }

/** The answer with what stands in the way in a word: the check that ran out of time has found out nothing. */
export function runsVerdict({
  Status,
  Runs,
  RunsFailure,
}: Pick<FunctionItem, 'Status' | 'Runs' | 'RunsFailure'>): RunsVerdict {
  if (Status !== 'ok') return { answer: 'no file', reason: '' }
  if (Runs === null) return { answer: 'checking', reason: '' }
  if (Runs) return { answer: 'yes', reason: '' }
  const reason = RunsFailure === null ? '' : words[RunsFailure.Reason]
  return { answer: RunsFailure?.Reason === 'timeout' ? 'unknown' : 'no', reason }
}
