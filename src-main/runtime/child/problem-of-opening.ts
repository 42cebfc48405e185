import { stat } from 'node:fs/promises'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { explainFailure } from '../explain-failure.ts'
import type { OpenedModel } from '../tasks.ts'

/** What ONNX Runtime says of a model that it does not open, for who wants to run it. */
export async function problemOfOpening(error: unknown, model: OpenedModel): Promise<Problem> {
  const text = error instanceof Error ? error.message : String(error)
  const { size } = await stat(model.path)
  return new Problem('invalid', `The model does not run here. ${explainFailure(text, model, size).Message}`)
}
