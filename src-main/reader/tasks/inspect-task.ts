import { posix } from 'node:path'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import {
  type ExternalFiles,
  filesInFolder,
  missing,
  presentIfLongEnough,
  refusedLocation,
} from '../../onnx/decode/external-data.ts'
import { UnreadableModel } from '../../onnx/decode/unreadable-model.ts'
import { inspect } from '../../onnx/report/inspect.ts'
import { fileSource } from '../../onnx/wire/byte-source.ts'
import { defineTask, implement } from '../../processes/pool/task.ts'

/** External-data files that came with a model, by their names relative to it. Sizes in bytes. */
const ExternalSizes = z.array(z.object({ location: z.string(), size: z.number() }))
type ExternalSizes = z.infer<typeof ExternalSizes>

/** Where external data is looked for: among files that came with the model, or in a folder on this machine. */
const External = z.union([ExternalSizes, z.object({ folder: z.string() })])
export type External = z.infer<typeof External>

/** Reads a model's structure in the reader process, where a file that keeps the reader busy for ever can be stopped. */
export const inspectTask = defineTask({
  name: 'inspect',
  argument: z.object({ path: z.string(), fileName: z.string(), external: External }),
  result: Inspection,
})

/** @throws Problem `invalid` with the reader's sentence where the file is no readable model. */
export function inspectFile({ path, fileName, external }: z.infer<typeof inspectTask.argument>): Inspection {
  const source = fileSource(path)
  const externalFiles = 'folder' in external ? filesInFolder(external.folder) : among(external)
  try {
    return inspect(source, { fileName, externalFiles }).report
  } catch (error) {
    if (error instanceof UnreadableModel) throw new Problem('invalid', error.message)
    throw error
  } finally {
    source.close()
  }
}

export const inspectHandler = implement(inspectTask, inspectFile)

/** Looks up what a model names among the files that came with it. */
function among(external: ExternalSizes): Pick<ExternalFiles, 'find'> {
  const sizes = new Map(external.map(({ location, size }) => [posix.normalize(location), size]))
  return {
    find(location, bytes) {
      const size = sizes.get(posix.normalize(location))
      const refusal = refusedLocation(location)
      if (refusal !== null) return refusal
      return size === undefined ? missing(location) : presentIfLongEnough(location, size, bytes)
    },
  }
}
