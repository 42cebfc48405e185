import { RunRequest } from '../../../src-contract/contract/models/run.ts'
import { NPY, NPZ } from '../../../src-contract/operations/models.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { RunInputs } from '../../runtime/run-file.ts'
import type { ApiContext } from '../middleware/environment.ts'
import { unsupportedType } from '../middleware/errors.ts'
import { mediaType, parsed, readBytes, readJson, refuseEncodedBody } from '../middleware/json-body.ts'
import { createSection } from '../middleware/operation.ts'
import { sendFile } from '../transfer/send-file.ts'

/** The largest inputs in bytes; they are held in memory, here and in the process that runs the model. */
const INPUT_LIMIT = 256 * 1024 * 1024

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
  respond(operations.runFunction, async ({ params, signal, context }) => {
    const inputs = await receivedInputs(context)
    const form = context.req.header('accept')?.includes(NPZ) ? 'npz' : 'json'
    const { body } = await models.run(params.uuid, inputs, form, { signal })
    const type = form === 'npz' ? NPZ : 'application/json'
    return context.body(Uint8Array.from(body), 200, { 'Content-Type': type })
  })
  return app
}

async function receivedInputs(context: ApiContext): Promise<RunInputs> {
  const type = mediaType(context)
  if (type === 'application/json') return parsed(RunRequest, await readJson(context, { limit: INPUT_LIMIT }))
  if (type !== NPZ && type !== NPY) throw unsupportedType('application/json', NPZ, NPY)
  refuseEncodedBody(context)
  return { File: { format: type === NPZ ? 'npz' : 'npy', bytes: await readBytes(context, INPUT_LIMIT) } }
}
