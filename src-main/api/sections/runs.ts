import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { RunRequest, RunResult } from '../../../src-contract/contract/models/run.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { RunInputs } from '../../runtime/run-file.ts'
import { authorise } from '../middleware/authorise.ts'
import { checked, parsed } from '../middleware/checked.ts'
import { deadline } from '../middleware/deadline.ts'
import type { ApiContext, Environment } from '../middleware/environment.ts'
import { unsupportedType } from '../middleware/errors.ts'
import { jsonBodyUpTo, mediaType, readBytes, refuseEncodedBody } from '../middleware/json-body.ts'
import { bodyRefusals, byUuid, createSection, json, missing, noQuery, refusals } from '../middleware/operation.ts'

/** The largest inputs in bytes; they are held in memory, here and in the process that runs the model. */
const INPUT_LIMIT = 256 * 1024 * 1024
const NPZ = 'application/x-npz'
const NPY = 'application/x-npy'

const binary = { schema: { type: 'string' as const, format: 'binary' } }

/** A model run once (contract.md 6). */
export function runSection({ models, tokens }: Cabinet) {
  const section = createSection()
  section.openAPIRegistry.registerPath({
    operationId: 'runFunction',
    security: [{ User: [] }],
    method: 'post',
    path: '/function/{uuid}/run',
    tags: ['Model'],
    summary: 'Run a model once',
    description:
      "Inputs as JSON, or in numpy's own formats: `.npz` with an array for each input by its name, or `.npy` for the only one. Inputs that " +
      'are left out are random, symbolic sizes default to 1. `Accept: application/x-npz` gives the outputs as `.npz`.',
    request: { params: byUuid, body: { content: { ...json(RunRequest), [NPZ]: binary, [NPY]: binary } } },
    responses: {
      200: { description: 'The outputs', content: { ...json(RunResult), [NPZ]: binary } },
      ...refusals,
      ...bodyRefusals,
      ...missing,
    },
  })
  section.post(
    '/function/:uuid/run',
    authorise(tokens, 'read'),
    deadline('runFunction'),
    jsonUnlessNumpy,
    checked('param', byUuid),
    checked('query', noQuery),
    async (context) => {
      const inputs = await receivedInputs(context)
      const form = context.req.header('accept')?.includes(NPZ) ? 'npz' : 'json'
      const { signal } = context.var
      const { body } = await models.run(context.req.valid('param').uuid, inputs, form, { signal })
      const type = form === 'npz' ? NPZ : 'application/json'
      return context.body(Uint8Array.from(body), 200, { 'Content-Type': type })
    },
  )
  return section
}

const jsonUnlessNumpy: MiddlewareHandler<Environment> = (context, next) => {
  const type = mediaType(context)
  if (type === NPZ || type === NPY) return next()
  if (type !== 'application/json') throw unsupportedType('application/json', NPZ, NPY)
  return jsonBodyUpTo(INPUT_LIMIT)(context, next)
}

async function receivedInputs(context: ApiContext): Promise<RunInputs> {
  refuseEncodedBody(context)
  const type = mediaType(context)
  if (type === 'application/json') return parsed(RunRequest, parsedJson(await context.req.text()))
  return { File: { format: type === NPZ ? 'npz' : 'npy', bytes: await readBytes(context, INPUT_LIMIT) } }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('malformed', 'The body is not valid JSON.')
  }
}
