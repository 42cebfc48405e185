import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { RUN_BASE, type RunFormat } from '../../../src-contract/contract/models/run-size.ts'
import { NPY, NPZ } from '../../../src-contract/operations/models.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { ApiContext } from '../middleware/environment.ts'
import { unsupportedType } from '../middleware/errors.ts'
import { bodyChunks, mediaType, refuseEncodedBody } from '../middleware/json-body.ts'
import { type Asked, createSection } from '../middleware/operation.ts'
import { sendFile } from '../transfer/send-file.ts'

/** A model's file, what was read from it, and running it (contract.md 6). */
export function modelSection(cabinet: Cabinet) {
  const { checks, functions, modelFiles, models } = cabinet
  const { app, respond, serve } = createSection(cabinet)
  respond(operations.downloadFile, async ({ params: { uuid, name }, signal, context }) =>
    sendFile(context, await modelFiles.download(uuid, name, { signal })),
  )
  serve(operations.getInspection, ({ params }) => functions.inspection(params.uuid))
  serve(operations.checkFunction, ({ caller, params }) => checks.again(caller, params.uuid))
  serve(operations.getGraph, ({ params, query, signal }) => models.graph(params.uuid, query, { signal }))
  serve(operations.getTensor, ({ params, query, signal }) => models.tensor(params.uuid, query, { signal }))
  serve(operations.compareFunctions, ({ params: { uuid, other }, query, signal }) => {
    const compare = query.Inputs === 'random' ? models.compareRunning : models.compare
    return compare(uuid, other, { signal })
  })
  serve(operations.benchmarkFunction, ({ caller, params, body }) => models.startBenchmark(caller, params.uuid, body))
  serve(operations.listBenchmarks, ({ params }) => models.benchmarks(params.uuid))
  const run =
    (outputs: 'npz' | 'json') =>
    async ({ params: { uuid }, signal, context }: Asked<{ uuid: string }>) => {
      const format = formatOfInputs(context)
      const most = isSmall(context) ? RUN_BASE : models.mostRunBytes(uuid, format)
      const staged = await cabinet.files.receive(bodyChunks(context, most, runBody), { limit: most, signal })
      const form = context.req.header('accept')?.includes(NPZ) ? 'npz' : outputs
      const answer = await models
        .run(uuid, { File: { format, path: staged.path } }, form, { signal })
        .finally(() => staged.discard())
      const type = form === 'npz' ? NPZ : 'application/json'
      const body = createReadStream(answer.path).once('close', () => void answer.discard())
      return context.body(Readable.toWeb(body), 200, { 'Content-Type': type, 'Content-Length': String(answer.size) })
    }
  respond(operations.runFunction, run('json'))
  respond(operations.runFunctionNpz, run('npz'))
  return app
}

const runBody = {
  what: 'The body',
  advice: 'That is as much as the inputs of this model can take; .npz takes less than JSON.',
}

function formatOfInputs(context: ApiContext): RunFormat {
  refuseEncodedBody(context)
  const type = mediaType(context)
  if (type === 'application/json') return 'json'
  if (type === NPZ) return 'npz'
  if (type === NPY) return 'npy'
  throw unsupportedType('application/json', NPZ, NPY)
}

/** Whether no model's report needs to be read to know that the body may be so large. */
function isSmall(context: ApiContext): boolean {
  const length = context.req.header('content-length')
  return length !== undefined && Number(length) <= RUN_BASE
}
