import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import type { ApiContext } from '../middleware/environment.ts'
import { bodyStream, JSON_LIMIT, refuseEncodedBody } from '../middleware/json-body.ts'
import { type Upload, type UploadOptions, UploadReceiver } from './upload-receiver.ts'

/**
 * Receives a multipart body: the files go to disk as they come, hashed on the way, so that memory stays flat. When this
 * throws, nothing is left behind.
 * @throws Problem `malformed` where the body is broken, `too-large` past a limit, `invalid` for parts that do not belong
 */
export async function receiveUpload<T>(context: ApiContext, options: UploadOptions<T>): Promise<Upload<T>> {
  refuseEncodedBody(context)
  if (Number(context.req.header('content-length') ?? 0) > options.limit + 2 * JSON_LIMIT) throw tooLarge(options.limit)
  const receiver = new UploadReceiver(options)
  try {
    return await receiver.receive(bodyStream(context), boundaryOf(context))
  } catch (error) {
    await receiver.discard()
    throw error
  }
}

function tooLarge(limit: number): Problem {
  return new Problem('too-large', `The file is larger than the limit of ${plural(limit, 'byte')}.`, {
    field: 'bundle',
  })
}

function boundaryOf(context: ApiContext): string {
  const [, quoted, plain] =
    /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(context.req.header('content-type') ?? '') ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) {
    throw new Problem('malformed', 'The Content-Type of a multipart body must name its boundary.', {
      field: 'Content-Type',
    })
  }
  return boundary
}
