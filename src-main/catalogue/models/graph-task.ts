import { z } from 'zod'
import { GraphPage, GraphQuery } from '../../../src-contract/graph.ts'
import { Problem } from '../../../src-contract/problem.ts'
import { fileSource } from '../../onnx/byte-source.ts'
import { readGraphPage } from '../../onnx/graph-page.ts'
import { UnreadableModel } from '../../onnx/unreadable-model.ts'
import { WireError } from '../../onnx/wire-error.ts'
import { defineTask, implement } from '../../processes/task.ts'

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
