import { FunctionCreate, FunctionUpdate } from '../contract/functions/function.ts'
import { LinkRequest, LinkUpdate } from '../contract/functions/link.ts'
import {
  aFunction,
  binary,
  byUuid,
  changedFunction,
  del,
  done,
  get,
  ifMatch,
  LARGE_BODY,
  MINUTE,
  missing,
  newFunction,
  type Operation,
  outdated,
  patch,
  post,
  put,
  SECOND,
  storageFull,
} from './operation.ts'

const tag = 'Function'
const functionUpdate = { $ref: '#/components/schemas/FunctionUpdate' }

const multipart = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      properties: {
        data: { ...functionUpdate, description: 'The object as JSON; `object` is the same' },
        file: { ...binary, description: 'The model, `.onnx` or an archive of one; `bundle` is the same' },
        object: functionUpdate,
        bundle: binary,
        external: {
          type: 'array',
          items: binary,
          description: 'External-data files of an `.onnx`; the file name of each is where the model looks for it',
        },
        download: {
          type: 'array',
          items: binary,
          description: 'Files for other devices, and companions: README.md, config.json, labels.txt, tokenizer.json …',
        },
      },
      additionalProperties: false,
    },
  },
}

/** Operations 8, 9, 10 and 13 (contract.md 1 and 4). */
export const functionOperations = {
  deleteFunction: {
    ...del,
    path: '/function/{uuid}',
    tag,
    limit: 15 * SECOND,
    summary: 'Delete a single function',
    description: 'It stays in the trash for 30 days.',
    params: byUuid,
    headers: ifMatch,
    ...done,
    errors: { ...missing, ...outdated },
  },
  getFunction: {
    ...get,
    path: '/function/{uuid}',
    tag,
    limit: 1 * SECOND,
    summary: 'Return a single function',
    conditional: 'anything',
    params: byUuid,
    ...aFunction,
    errors: missing,
  },
  updateFunction: {
    ...patch,
    path: '/function/{uuid}',
    tag,
    limit: 5 * MINUTE,
    summary: 'Update a single function',
    description:
      'Keys that are present change. `Fields` and `SetFields` change key by key, and null removes one; `AddCatalogues` and `RemoveCatalogues` leave other catalogues; any other map is replaced whole. ' +
      'Keys of the server may be sent as they were read, and another value of them is refused. Send the `ETag` ' +
      'that you read as `If-Match` to change nothing where the function has changed since.',
    params: byUuid,
    headers: ifMatch,
    body: FunctionUpdate,
    bodyLimit: LARGE_BODY,
    ...changedFunction,
    errors: { ...missing, ...outdated, ...storageFull },
  },
  replaceFile: {
    ...put,
    path: '/function/{uuid}/file',
    tag,
    limit: 5 * MINUTE,
    summary: 'Replace the file of a single function',
    description:
      'As multipart (see Add a new function with its file); `data` changes the function as Update a single function does. ' +
      '`PATCH /function/{uuid}` takes the same.',
    params: byUuid,
    headers: ifMatch,
    bodyTypes: multipart,
    ...changedFunction,
    errors: { ...missing, ...outdated, ...storageFull },
  },
  addFunction: {
    ...post,
    path: '/functions',
    tag,
    limit: 5 * MINUTE,
    summary: 'Add a new function',
    description: 'As JSON, without a file. `POST /function` takes the same.',
    body: FunctionCreate,
    bodyLimit: LARGE_BODY,
    ...newFunction,
    errors: storageFull,
  },
  addFunctionFile: {
    ...post,
    path: '/function',
    tag,
    limit: 5 * MINUTE,
    summary: 'Add a new function with its file',
    description:
      'As multipart with the object (`data` or `object`), the model (`file` or `bundle`: an `.onnx`, or a `.zip`, `.tar` or `.tar.gz` with ' +
      'exactly one and its external data), the external-data files of an `.onnx` (`external`) and files for other devices or companions ' +
      'such as README.md and labels.txt (`download`). A missing Name is the name of the file, missing drivers are `vision` and `{}`. ' +
      '`POST /functions` takes the same.',
    bodyTypes: multipart,
    ...newFunction,
    errors: storageFull,
  },
} satisfies Record<string, Operation>

/** Operations 11 and 15: functions whose file comes from somewhere else (contract.md 5). */
export const linkOperations = {
  updateFunctionLink: {
    ...patch,
    path: '/function/{uuid}/link',
    tag,
    limit: 5 * MINUTE,
    summary: 'Update a single function through the linked settings',
    description:
      '`true` fetches the file again from the link, whatever its kind; `false` unlinks the function and keeps its file.',
    params: byUuid,
    headers: ifMatch,
    body: LinkUpdate,
    ...changedFunction,
    errors: { ...missing, ...outdated, 409: 'The function has no link' },
  },
  addFunctionLink: {
    ...post,
    path: '/functions/link',
    tag,
    summary: 'Add a new function with a linked remote',
    description:
      'From an Edge Impulse project, an http or https address, or (scope admin) a file on this machine. The answer has Status ' +
      '`downloading`; the file is fetched in the background.',
    body: LinkRequest,
    ...newFunction,
  },
} satisfies Record<string, Operation>
