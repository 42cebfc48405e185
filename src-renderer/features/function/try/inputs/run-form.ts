import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'
import type { RunResult } from '../../../../../src-contract/contract/models/run.ts'
import { operations } from '../../../../../src-contract/operations/operations.ts'
import { ApiError } from '../../../../lib/api/api-error.ts'
import { call } from '../../../../lib/api/client.ts'
import { runRequest, toldDimensions } from './input-choice.ts'
import type { Form } from './prefill.ts'

/** A result, and the form that gave it. */
export type Ran = { result: RunResult; form: Form }

/**
 * Runs a model on the first form that it takes. Only what the model itself refuses (422) leads to the next one.
 * @throws ApiError what was said of the first form, where none runs
 */
export async function runForm(
  uuid: string,
  inputs: readonly GraphValue[],
  forms: readonly Form[],
  signal: AbortSignal,
): Promise<Ran> {
  let refused: ApiError | undefined
  for (const form of forms) {
    try {
      const result = await call(operations.runFunction, {
        uuid,
        body: runRequest(form.choices, toldDimensions(inputs, form.choices, form.dimensions), inputs),
        ...{ signal },
      })
      return { result, form }
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 422 || signal.aborted) throw error
      refused ??= error
    }
  }
  throw refused ?? new Error('There is nothing to run.')
}
