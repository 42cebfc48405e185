import fc from 'fast-check'
import { z } from 'zod'
import { modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { allowedBy, roughly, type Stock } from './arbitrary.ts'
import type { DocumentedOperation } from './document.ts'
import { withJson } from './test-api.ts'

export type Asked = { path: string; init: RequestInit }

// A path of this machine that chance makes up could be one that exists.
const takesPaths = ['importFiles', 'inspectFile', 'backUp', 'restoreBackup', 'addFunctionLink', 'addWatch']

/** Requests to an operation: most as the document allows them, some with a wrong value, header or body. */
export function requestOf(operation: DocumentedOperation, stock: Stock): fc.Arbitrary<Asked> {
  const parameters = operation.parameters.map((parameter) => {
    const allowed = allowedBy(parameter.schema, stock).map((value) =>
      (Array.isArray(value) ? value : [value]).map(String),
    )
    const some = fc.oneof(
      { weight: 4, arbitrary: allowed },
      { weight: 1, arbitrary: fc.array(fc.string(), { maxLength: 2 }) },
    )
    return fc
      .option(some, { nil: undefined, freq: parameter.required ? 1_000 : 1 })
      .map((values) => ({ ...parameter, values }))
  })
  return fc.tuple(fc.tuple(...parameters), bodyOf(operation, stock)).map(([given, body]) => {
    const query = new URLSearchParams()
    let { path } = operation
    const headers: Record<string, string> = {}
    for (const { name, in: place, values } of given) {
      if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent((values?.[0] || 'x').toWellFormed()))
      else if (place === 'query') for (const value of values ?? []) query.append(name, value.toWellFormed())
      else if (values?.[0] !== undefined && /^[\x21-\x7e]+$/.test(values[0])) headers[name] = values[0]
    }
    const init = { method: operation.method, ...body, headers: { ...body.headers, ...headers } }
    return { path: query.size > 0 ? `${path}?${query}` : path, init }
  })
}

const Parts = z.looseObject({ properties: z.looseObject({ data: z.looseObject({}) }) })

type Body = { body?: string | FormData; headers?: Record<string, string> }

function bodyOf({ operationId, requestBody, method }: DocumentedOperation, stock: Stock): fc.Arbitrary<Body> {
  const { 'application/json': asked, 'multipart/form-data': form, ...other } = requestBody?.content ?? {}
  if (Object.keys(other).length > 0) {
    const type = fc.constantFrom(...Object.keys(other), 'application/octet-stream')
    return fc.record({ body: fc.string(), headers: type.map((name) => ({ 'Content-Type': name })) })
  }
  const json = asked?.schema ?? (form && Parts.parse(form.schema).properties.data)
  if (!json) return fc.constant({})
  const allowed = allowedBy(json, stock)
  const values = takesPaths.includes(operationId) ? allowed : roughly(allowed)
  const asJson = values.map((value): Body => {
    const { body, headers } = withJson(method, value)
    return { body: String(body), headers: Object.fromEntries(new Headers(headers)) }
  })
  const asText = fc.string().map((body): Body => ({ body, headers: { 'Content-Type': 'application/json' } }))
  const bodies = [
    { weight: 8, arbitrary: asJson },
    { weight: 1, arbitrary: asText },
    { weight: 1, arbitrary: fc.constant<Body>({ body: 'a=b', headers: { 'Content-Type': 'text/plain' } }) },
  ]
  if (!form) return fc.oneof(...bodies)
  return fc.oneof(...bodies, { weight: 8, arbitrary: formOf(values) })
}

const model = new Uint8Array(modelBytes(1))
const files = fc.constantFrom(
  model,
  model.slice(0, 50),
  new Uint8Array(),
  new TextEncoder().encode('<!doctype html>'),
  new Uint8Array([80, 75, 3, 4, 20, 0]),
)
const types = fc.constantFrom('application/octet-stream', 'application/x-onnx; device=hailo', '')
const fileNames = fc.constantFrom('model.onnx', '../../model.onnx', 'ein Modell.onnx', 'model.zip', '模型.ort', '')

/** Multipart bodies: parts of every name the document has and of one it has not, in any order and number. */
function formOf(values: fc.Arbitrary<unknown>): fc.Arbitrary<Body> {
  const object = fc.tuple(fc.constantFrom('data', 'object', 'nonsense'), values.map(jsonText))
  const file = fc
    .tuple(fc.constantFrom('file', 'bundle', 'download'), files, types, fileNames)
    .map(([name, bytes, type, fileName]) => [name, new File([bytes], fileName, { type })] as const)
  return fc.array(fc.oneof(object, file), { maxLength: 3 }).map((parts) => {
    const form = new FormData()
    for (const [name, part] of parts) form.append(name, part)
    return { body: form }
  })
}

const jsonText = (value: unknown) => JSON.stringify(value)
