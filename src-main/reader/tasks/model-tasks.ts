import { z } from 'zod'
import { GraphPage, GraphQuery } from '../../../src-contract/contract/models/graph.ts'
import { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { TensorSummary } from '../../../src-contract/contract/models/tensor.ts'
import { defineTask } from '../../processes/pool/task.ts'

// What the reader process does with a model's file: it is killed where a file takes too long.

/** Where external data is looked for: among files that came with the model (sizes in bytes, paths where they are unpacked), or next to a path on this machine. */
export const External = z.union([
  z.array(z.object({ location: z.string(), size: z.number(), path: z.string().optional() })),
  z.object({ nextTo: z.string() }),
])
export type External = z.infer<typeof External>

/** Where the external files of a model lie. */
const ExternalFileList = z.array(z.object({ location: z.string(), path: z.string() }))
export type ExternalFileList = z.infer<typeof ExternalFileList>

/** Reads a model's structure. @throws Problem `invalid` with the reader's sentence where the file is no readable model. */
export const inspectTask = defineTask({
  name: 'inspect',
  argument: z.object({ path: z.string(), fileName: z.string(), external: External }),
  result: Inspection,
})

/** Digests every stored tensor of a model: it reads all of the weights. */
export const digestTask = defineTask({
  name: 'digest-tensors',
  argument: z.object({ path: z.string(), fileName: z.string(), external: ExternalFileList }),
  result: z.array(z.object({ scope: z.string(), name: z.string(), sha256: z.string().nullable(), bytes: z.number() })),
})

/** Reads a page of a model's nodes; null where the model has no such scope. */
export const graphTask = defineTask({
  name: 'graph',
  argument: z.object({ path: z.string(), query: GraphQuery }),
  result: GraphPage.nullable(),
})

/** Summarises the values of one stored tensor; null where the model has no such tensor. */
export const tensorTask = defineTask({
  name: 'tensor',
  argument: z.object({ path: z.string(), external: ExternalFileList, scope: z.string(), name: z.string() }),
  result: TensorSummary.nullable(),
})
