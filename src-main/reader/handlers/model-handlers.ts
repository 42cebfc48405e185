import { posix } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import {
  type ExternalFiles,
  filesNextToModel,
  missing,
  presentIfLongEnough,
  refusedLocation,
} from '../../onnx/decode/external-data.ts'
import { readModel } from '../../onnx/decode/read-model.ts'
import { UnreadableModel } from '../../onnx/decode/unreadable-model.ts'
import { readGraphPage } from '../../onnx/graph/graph-page.ts'
import { inspect } from '../../onnx/report/inspect.ts'
import { digestTensors, type TensorDigest } from '../../onnx/tensors/digest-tensors.ts'
import { summariseTensor, ValuesUnreadable } from '../../onnx/tensors/summarise-tensor.ts'
import { type ByteSource, fileSource, SourceShrank } from '../../onnx/wire/byte-source.ts'
import { WireError } from '../../onnx/wire/wire-error.ts'
import { type Handler, implement } from '../../processes/pool/task.ts'
import {
  digestTask,
  type External,
  type ExternalFileList,
  graphTask,
  inspectTask,
  tensorTask,
} from '../tasks/model-tasks.ts'

export const modelHandlers: Handler[] = [
  implement(inspectTask, ({ path, fileName, external }) =>
    reading(path, (source) => {
      const externalFiles = 'nextTo' in external ? filesNextToModel(external.nextTo) : among(external)
      return inspect(source, { fileName, externalFiles }).report
    }),
  ),
  implement(digestTask, ({ path, fileName, external }) =>
    reading(path, async (source) => {
      const digests: TensorDigest[] = []
      for await (const digest of digestTensors(source, readModel(source, fileName), placed(external))) {
        digests.push(digest)
      }
      return digests
    }),
  ),
  implement(graphTask, ({ path, query }) => reading(path, (source) => readGraphPage(source, query))),
  implement(tensorTask, ({ path, external, scope, name }) =>
    reading(path, (source) =>
      summariseTensor(source, readModel(source, 'The model'), placed(external), { scope, name }),
    ),
  ),
]

/** What a model's file can be blamed for, with a sentence about it. */
const blamed = [UnreadableModel, WireError, ValuesUnreadable, SourceShrank]

/** @throws Problem `invalid` where the file is to blame. */
async function reading<T>(path: string, read: (source: ByteSource) => T | Promise<T>): Promise<T> {
  const source = fileSource(path)
  try {
    return await read(source)
  } catch (error) {
    const isBlamed = error instanceof Error && blamed.some((kind) => error instanceof kind)
    throw isBlamed ? new Problem('invalid', error.message) : error
  } finally {
    source.close()
  }
}

/** Looks up what a model names among the files that came with it. */
function among(external: Extract<External, unknown[]>): Pick<ExternalFiles, 'find'> {
  const files = new Map(external.map((file) => [posix.normalize(file.location), file]))
  return {
    find(location, bytes) {
      const file = files.get(posix.normalize(location))
      const refusal = refusedLocation(location)
      if (refusal !== null) return refusal
      return file ? presentIfLongEnough(location, file.size, bytes, file.path) : missing(location)
    },
  }
}

/** External files that lie under other names than the model gives them. */
function placed(external: ExternalFileList): ExternalFiles {
  const paths = new Map(external.map(({ location, path }) => [posix.normalize(location), path]))
  const openNow = (location: string) => {
    const path = refusedLocation(location) === null ? paths.get(posix.normalize(location)) : undefined
    return path === undefined ? null : fileSource(path)
  }
  return {
    open: async (location) => openNow(location),
    find(location, bytes) {
      const refusal = refusedLocation(location)
      if (refusal !== null) return refusal
      const source = openNow(location)
      if (source === null) return missing(location)
      const { size } = source
      source.close()
      return presentIfLongEnough(location, size, bytes, paths.get(posix.normalize(location)))
    },
  }
}
