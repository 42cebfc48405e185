import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { inspect } from '../../onnx/report/inspect.ts'
import { openModel } from '../open-model.ts'

/**
 * Describes the model in a file, or the one model in a zip, with the state of its external files.
 * `FileSize` is that of the model itself, also where it lies in a zip.
 * @throws {UnreadableModel} with a sentence for a person
 */
export async function inspectFile(path: string): Promise<Inspection> {
  const { source, fileName, externalFiles, close } = await openModel(path)
  try {
    return inspect(source, { fileName, externalFiles }).report
  } finally {
    close()
  }
}
