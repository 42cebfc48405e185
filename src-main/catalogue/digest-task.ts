import { posix } from 'node:path'
import { z } from 'zod'
import { Problem } from '../../src-contract/problem.ts'
import { fileSource } from '../onnx/byte-source.ts'
import { digestTensors, type TensorDigest } from '../onnx/digest-tensors.ts'
import { type ExternalFiles, missing, presentIfLongEnough, refusedLocation } from '../onnx/external-data.ts'
import { readModel } from '../onnx/read-model.ts'
import { UnreadableModel } from '../onnx/unreadable-model.ts'
import { WireError } from '../onnx/wire-error.ts'
import { defineTask, implement } from '../processes/task.ts'

const External = z.array(z.object({ location: z.string(), path: z.string() }))

/** Digests every stored tensor of a model in the reader process: it reads all of the weights. */
export const digestTask = defineTask({
  name: 'digest-tensors',
  argument: z.object({ path: z.string(), fileName: z.string(), external: External }),
  result: z.array(z.object({ scope: z.string(), name: z.string(), sha256: z.string().nullable(), bytes: z.number() })),
})

export const digestHandler = implement(digestTask, async ({ path, fileName, external }) => {
  const source = fileSource(path)
  try {
    const model = readModel(source, fileName)
    const digests: TensorDigest[] = []
    for await (const digest of digestTensors(source, model, placed(external))) digests.push(digest)
    return digests
  } catch (error) {
    if (error instanceof UnreadableModel || error instanceof WireError) throw new Problem('invalid', error.message)
    throw error
  } finally {
    source.close()
  }
})

/** External files that lie under other names than the model gives them. */
function placed(external: z.infer<typeof External>): ExternalFiles {
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
      return presentIfLongEnough(location, size, bytes)
    },
  }
}
