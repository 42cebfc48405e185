import type { RunsFailure } from '../../../src-contract/contract/functions/function.ts'
import type { RuntimeCheck } from '../../../src-contract/contract/models/inspection.ts'

/** What a function's row says of the check whether it runs, so that a list need not open the inspection of each. */
export type RunsColumns = { runs: 0 | 1 | null; runs_failure: string | null }

export function runsColumns({
  State,
  Reason,
  Message,
}: Pick<RuntimeCheck, 'State' | 'Reason' | 'Message'>): RunsColumns {
  if (State === 'pending') return { runs: null, runs_failure: null }
  if (State === 'ok') return { runs: 1, runs_failure: null }
  return { runs: 0, runs_failure: Reason && JSON.stringify({ Reason, Message } satisfies RunsFailure) }
}
