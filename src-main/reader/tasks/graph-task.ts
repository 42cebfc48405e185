import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { GraphPage, GraphQuery } from '../../../src-contract/contract/models/graph.ts'
import { UnreadableModel } from '../../onnx/decode/unreadable-model.ts'
import { readGraphPage } from '../../onnx/graph/graph-page.ts'
import { fileSource } from '../../onnx/wire/byte-source.ts'
import { WireError } from '../../onnx/wire/wire-error.ts'
import { defineTask, implement } from '../../processes/pool/task.ts'

/** Reads a page of a model's nodes in the reader process; null where the model has no such scope. */
export const graphTask = defineTask({
  name: 'graph',
  argument: z.object({ path: z.string(), query: GraphQuery }),
  result: GraphPage.nullable(),
})

export const graphHandler = implement(graphTask, ({ path, query }) => {
  const source = fileSource(path)
  try {
    return readGraphPage(source, query)
  } catch (error) {
    if (error instanceof UnreadableModel || error instanceof WireError) throw new Problem('invalid', error.message)
    throw error
  } finally {
    source.close()
  }
})
