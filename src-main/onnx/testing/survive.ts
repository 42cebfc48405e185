import { GraphQuery } from '../../../src-contract/graph.ts'
import { Inspection } from '../../../src-contract/inspection.ts'
import { memorySource } from '../byte-source.ts'
import { compareReports } from '../compare.ts'
import { digestTensors } from '../digest-tensors.ts'
import { noExternalFiles } from '../external-data.ts'
import { readGraphPage } from '../graph-page.ts'
import { inspect } from '../inspect.ts'
import { UnreadableModel } from '../unreadable-model.ts'
import { WireError } from '../wire-error.ts'

/**
 * Puts bytes of any kind through everything that reads a model. Answers `read` or the code of the refusal; every other
 * error comes through, and a report that breaks the contract is an error too.
 */
export async function survive(bytes: Uint8Array): Promise<string> {
  try {
    const source = memorySource(bytes)
    const { report, model } = inspect(source, { fileName: 'mutant.onnx' })
    Inspection.parse(JSON.parse(JSON.stringify(report)))
    compareReports(report, report)
    readGraphPage(source, GraphQuery.parse({ Limit: 10 }))
    for await (const _ of digestTensors(source, model, noExternalFiles));
    return 'read'
  } catch (error) {
    if (error instanceof UnreadableModel) return error.code
    // A tensor's values may be damaged where the structure around them is whole.
    if (error instanceof WireError) return `values ${error.problem}`
    throw error
  }
}
