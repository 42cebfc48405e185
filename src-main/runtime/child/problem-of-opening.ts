import { stat } from 'node:fs/promises'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { explainFailure } from '../explain-failure.ts'

/** What ONNX Runtime says of a model that it does not open, for who wants to run it. */
export async function problemOfOpening(error: unknown, path: string): Promise<Problem> {
  const text = error instanceof Error ? error.message : String(error)
  const { size } = await stat(path)
  return new Problem('invalid', `The model does not run here. ${explainFailure(text, path, size).Message}`)
}
