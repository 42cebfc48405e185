import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { TensorSummary } from '../../../src-contract/contract/models/tensor.ts'
import { readModel } from '../../onnx/decode/read-model.ts'
import { UnreadableModel } from '../../onnx/decode/unreadable-model.ts'
import { summariseTensor, ValuesUnreadable } from '../../onnx/tensors/summarise-tensor.ts'
import { fileSource, SourceShrank } from '../../onnx/wire/byte-source.ts'
import { WireError } from '../../onnx/wire/wire-error.ts'
import { defineTask, implement } from '../../processes/pool/task.ts'
import { ExternalFileList, placed } from '../external-files.ts'

/** Looks at the values of one stored tensor in the reader process; null where the model has no such tensor. */
export const tensorTask = defineTask({
  name: 'tensor',
  argument: z.object({ path: z.string(), external: ExternalFileList, scope: z.string(), name: z.string() }),
  result: TensorSummary.nullable(),
})

export const tensorHandler = implement(tensorTask, async ({ path, external, scope, name }) => {
  const source = fileSource(path)
  try {
    return await summariseTensor(source, readModel(source, 'The model'), placed(external), { scope, name })
  } catch (error) {
    const isKnown =
      error instanceof UnreadableModel ||
      error instanceof WireError ||
      error instanceof ValuesUnreadable ||
      error instanceof SourceShrank
    throw isKnown ? new Problem('invalid', error.message) : error
  } finally {
    source.close()
  }
})
