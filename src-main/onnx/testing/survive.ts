import { GraphQuery } from '../../../src-contract/contract/models/graph.ts'
import { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { compareReports } from '../compare/compare.ts'
import { noExternalFiles } from '../decode/external-data.ts'
import { UnreadableModel } from '../decode/unreadable-model.ts'
import { readGraphPage } from '../graph/graph-page.ts'
import { inspect } from '../report/inspect.ts'
import { digestTensors } from '../tensors/digest-tensors.ts'
import { memorySource } from '../wire/byte-source.ts'
import { WireError } from '../wire/wire-error.ts'

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
