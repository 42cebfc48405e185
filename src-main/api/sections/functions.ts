import { $, createRoute } from '@hono/zod-openapi'
import type { Handler } from 'hono'
import { FunctionCreate, FunctionDetail, FunctionUpdate } from '../../../src-contract/contract/functions/function.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { authorise } from '../middleware/authorise.ts'
import { checked, checkedJson, parsed } from '../middleware/checked.ts'
import { deadline } from '../middleware/deadline.ts'
import type { ApiContext, Environment } from '../middleware/environment.ts'
import { mediaType } from '../middleware/json-body.ts'
import {
  answer,
  bodyRefusals,
  byUuid,
  createSection,
  done,
  doneBody,
  guarded,
  json,
  missing,
  noQuery,
  outdated,
  refusals,
  storageFull,
} from '../middleware/operation.ts'
import { expectedRevision, ifMatchHeader, revisionHeader, tellRevision } from '../middleware/revision.ts'
import { jsonUnlessMultipart, multipartContent, receiveUpload } from '../transfer/upload.ts'
import type { Upload } from '../transfer/upload-receiver.ts'

const tags = ['Function']
const theFunction = (description: string) => ({
  200: { ...answer(FunctionDetail, description), headers: revisionHeader },
})

/** Operations 8, 9, 10 and 13 (contract.md 1 and 4). */
export function functionSection(cabinet: Cabinet) {
  const { functions, tokens } = cabinet
  const mayWrite = authorise(tokens, 'write')

  /** The object and the files of a request in multipart; of one in JSON its object. */
  async function received(context: ApiContext, object: FunctionUpdate): Promise<Upload<FunctionUpdate>> {
    if (mediaType(context) !== 'multipart/form-data') return { object, files: {} }
    return receiveUpload(context, {
      store: cabinet.files,
      limit: cabinet.configuration().MaxUploadSize,
      signal: context.var.signal,
      parse: (value) => parsed(FunctionUpdate, value),
    })
  }

  const add: Handler<Environment, string, { out: { json: FunctionUpdate } }> = async (context) => {
    const { object, files } = await received(context, context.req.valid('json'))
    const { caller, signal } = context.var
    const record = await functions.create(caller, object, files, { signal })
    tellRevision(context, record)
    return context.json(record.body, 200)
  }

  const section = $(
    createSection()
      .openapi(
        createRoute({
          ...guarded(tokens, 'deleteFunction', 'write'),
          method: 'delete',
          path: '/function/{uuid}',
          tags,
          summary: 'Delete a single function',
          description: 'It stays in the trash for 30 days.',
          request: { params: byUuid, query: noQuery, headers: ifMatchHeader },
          responses: { ...done, ...refusals, ...missing, ...outdated },
        }),
        (context) => {
          const { uuid } = context.req.valid('param')
          const expected = expectedRevision(context, () => functions.get(uuid))
          functions.remove(context.var.caller, uuid, expected)
          return context.json(doneBody, 200)
        },
      )
      .openapi(
        createRoute({
          ...guarded(tokens, 'getFunction', 'read'),
          method: 'get',
          path: '/function/{uuid}',
          tags,
          summary: 'Return a single function',
          request: { params: byUuid, query: noQuery },
          responses: { ...theFunction('The function'), ...refusals, ...missing },
        }),
        (context) => {
          const record = functions.get(context.req.valid('param').uuid)
          tellRevision(context, record)
          return context.json(record.body, 200)
        },
      )
      .patch(
        '/function/:uuid',
        mayWrite,
        deadline('updateFunction'),
        jsonUnlessMultipart,
        checked('param', byUuid),
        checked('query', noQuery),
        checkedJson(FunctionUpdate),
        async (context) => {
          const { uuid } = context.req.valid('param')
          // Asked before the body is received, so that nobody sends two gigabytes in vain.
          functions.get(uuid)
          const expected = expectedRevision(context, () => functions.get(uuid))
          const { object, files } = await received(context, context.req.valid('json'))
          const { caller, signal } = context.var
          const record = await functions.update(caller, uuid, object, files, { ...expected, signal })
          tellRevision(context, record)
          return context.json(record.body, 200)
        },
      )
      .post(
        '/functions',
        mayWrite,
        deadline('addFunction'),
        jsonUnlessMultipart,
        checked('query', noQuery),
        checkedJson(FunctionCreate),
        add,
      )
      .post(
        '/function',
        mayWrite,
        deadline('addFunction'),
        jsonUnlessMultipart,
        checked('query', noQuery),
        checkedJson(FunctionCreate),
        add,
      ),
  )

  // Described apart from the routes: the library would read a multipart body into memory to check it.
  section.openAPIRegistry.registerPath({
    operationId: 'updateFunction',
    security: [{ User: [] }],
    method: 'patch',
    path: '/function/{uuid}',
    tags,
    summary: 'Update a single function',
    description:
      'Keys that are present change, a map is replaced whole. A file replaces the model. As JSON, or as multipart (see Add a new function).',
    request: {
      params: byUuid,
      headers: ifMatchHeader,
      body: { content: { ...json(FunctionUpdate), ...multipartContent } },
    },
    responses: {
      ...theFunction('The function as it is now'),
      ...refusals,
      ...bodyRefusals,
      ...missing,
      ...outdated,
      ...storageFull,
    },
  })
  section.openAPIRegistry.registerPath({
    operationId: 'addFunction',
    security: [{ User: [] }],
    method: 'post',
    path: '/functions',
    tags,
    summary: 'Add a new function',
    description:
      'As JSON without a file, or as multipart with the object (`data` or `object`), the model (`file` or `bundle`: an `.onnx`, or a ' +
      '`.zip` with exactly one and its external data) and files for other devices (`download`). In multipart a missing Name is the ' +
      'name of the file, missing drivers are `vision` and `{}`. `POST /function` does the same.',
    request: { body: { content: { ...json(FunctionCreate), ...multipartContent } } },
    responses: { ...theFunction('The new function'), ...refusals, ...bodyRefusals, ...storageFull },
  })
  return section
}
