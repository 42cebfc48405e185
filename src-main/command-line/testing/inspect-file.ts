import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { inspect } from '../../onnx/report/inspect.ts'
import { withModels } from '../open-model.ts'

/**
 * Describes the model in a file, or the first in an archive, with the state of its external files.
 * `FileSize` is that of the model itself, also where it lies in an archive.
 * @throws {UnreadableModel} with a sentence for a person
 */
export async function inspectFile(path: string): Promise<Inspection> {
  return withModels(path, async ([first]) => {
    if (!first) throw new Error('No model was found.')
    const { source, fileName, externalFiles, close } = await first.open()
    try {
      return inspect(source, { fileName, externalFiles }).report
    } finally {
      close()
    }
  })
}
