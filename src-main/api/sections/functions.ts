import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import {
  FunctionCreate,
  type FunctionDetail,
  FunctionUpdate,
} from '../../../src-contract/contract/functions/function.ts'
import { LARGE_BODY } from '../../../src-contract/operations/operation.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { parsed } from '../../../src-contract/util/zod-problem.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { ApiContext } from '../middleware/environment.ts'
import { unsupportedType } from '../middleware/errors.ts'
import { jsonFor } from '../middleware/hide-paths.ts'
import { mediaType, readJson } from '../middleware/json-body.ts'
import {
  type Asked,
  answerJson,
  createSection,
  doneBody,
  expectedRevisions,
  withRevision,
} from '../middleware/operation.ts'
import { receiveUpload, type Upload } from '../transfer/upload.ts'

/**
 * The server's own keys may be sent as they were read, so that GET, change, PATCH works; another value would be dropped.
 * @throws Problem `invalid` that names the key
 */
function refuseServerKeys(caller: Caller, given: Record<string, unknown>, present: FunctionDetail): void {
  const shown: Record<string, unknown> = JSON.parse(jsonFor(caller, present))
  const cut = Object.keys(Object(given.Truncated))
  for (const [key, value] of Object.entries(given)) {
    // Of a row of a list: what is cut there, and the first places only. And what was not known yet when it was read.
    const isPart = key === 'Truncated' || cut.includes(key) || key === 'Paths' || value === null
    if (isPart || isDeepStrictEqual(value, shown[key])) continue
    const sentence = `${key} is set by the cabinet: send it as it is now, or leave it out. Nothing was changed.`
    throw new Problem('invalid', sentence, { field: key })
  }
}

/** Operations 8, 9, 10 and 13 (contract.md 1 and 4). */
export function functionSection(cabinet: Cabinet) {
  const { functions } = cabinet
  const { app, respond, serve } = createSection(cabinet)

  /** The object and the files of a request in multipart; of one in JSON its object. */
  async function received(context: ApiContext, schema: z.ZodType<FunctionUpdate>): Promise<Upload<FunctionUpdate>> {
    const type = mediaType(context)
    if (type === 'application/json') {
      return { object: parsed(schema, await readJson(context, { limit: LARGE_BODY })), files: {} }
    }
    if (type !== 'multipart/form-data') throw unsupportedType('multipart/form-data', 'application/json')
    return receiveUpload(context, {
      store: cabinet.files,
      limit: cabinet.configuration().MaxUploadSize,
      signal: context.var.signal,
      parse: (value) => parsed(FunctionUpdate, value),
    })
  }

  serve(operations.deleteFunction, ({ caller, params: { uuid }, context }) => {
    functions.remove(caller, uuid, expectedRevisions(context))
    return doneBody
  })
  serve(operations.getFunction, ({ params, context }) => withRevision(context, functions.get(params.uuid)))
  // Each path takes JSON and multipart, as the cloud's clients send them (contract.md 1).
  async function update({ caller, params: { uuid }, signal, context }: Asked<{ uuid: string }>): Promise<Response> {
    const expected = expectedRevisions(context)
    // Asked before files are received, so that no client sends two gigabytes in vain.
    if (mediaType(context) === 'multipart/form-data') functions.refuseUpdate(uuid, expected)
    const { object, files } = await received(context, FunctionUpdate)
    if (object.ServerKeys) refuseServerKeys(caller, object.ServerKeys, functions.get(uuid).body)
    const record = await functions.update(caller, uuid, object, files, { ...expected, signal })
    return answerJson(context, withRevision(context, record))
  }
  respond(operations.updateFunction, update)
  respond(operations.replaceFile, update)
  async function add({ caller, signal, context }: Asked): Promise<Response> {
    const { object, files } = await received(context, FunctionCreate)
    return answerJson(context, withRevision(context, await functions.create(caller, object, files, { signal })))
  }
  respond(operations.addFunction, add)
  respond(operations.addFunctionFile, add)
  return app
}
