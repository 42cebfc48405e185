import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { readModel } from '../../onnx/decode/read-model.ts'
import { UnreadableModel } from '../../onnx/decode/unreadable-model.ts'
import { digestTensors, type TensorDigest } from '../../onnx/tensors/digest-tensors.ts'
import { fileSource } from '../../onnx/wire/byte-source.ts'
import { WireError } from '../../onnx/wire/wire-error.ts'
import { defineTask, implement } from '../../processes/pool/task.ts'
import { ExternalFileList, placed } from '../external-files.ts'

/** Digests every stored tensor of a model in the reader process: it reads all of the weights. */
export const digestTask = defineTask({
  name: 'digest-tensors',
  argument: z.object({ path: z.string(), fileName: z.string(), external: ExternalFileList }),
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
