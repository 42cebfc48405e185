import { z } from 'zod'
import { Message } from '../../../src-contract/contract/admin/message.ts'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { authorise } from '../middleware/authorise.ts'
import { checked } from '../middleware/checked.ts'
import { deadline } from '../middleware/deadline.ts'
import { answer, createSection, missing, noQuery, refusals } from '../middleware/operation.ts'
import { sendFile } from '../transfer/send-file.ts'

const byName = z.strictObject({ uuid: Uuid, name: z.string().max(1_000) })

/** The files of a function, as `Downloads[].Url` names them (contract.md 2). */
export function downloadSection({ functions, tokens }: Cabinet) {
  const section = createSection()
  section.openAPIRegistry.registerPath({
    operationId: 'downloadFile',
    security: [{ User: [] }],
    method: 'get',
    path: '/function/{uuid}/download/{name}',
    tags: ['Model'],
    summary: 'Return a file of a function',
    description: 'Byte ranges and conditional requests work; `ETag` is the SHA-256 of the file.',
    request: { params: byName, headers: conditions },
    responses: {
      200: {
        description: 'The file',
        headers: fileHeaders,
        content: bytes,
      },
      206: { description: 'A part of the file', headers: fileHeaders, content: bytes },
      304: { description: 'The file is the one that `If-None-Match` names', headers: fileHeaders },
      416: answer(Message, 'The range lies beyond the end of the file'),
      503: answer(Message, 'The file is lost or cannot be read'),
      ...refusals,
      ...missing,
    },
  })
  section.get(
    '/function/:uuid/download/:name',
    authorise(tokens, 'read'),
    deadline('downloadFile'),
    checked('param', byName),
    checked('query', noQuery),
    (context) => {
      const { uuid, name } = context.req.valid('param')
      return sendFile(context, functions.download(uuid, name))
    },
  )
  return section
}

/** A file comes under the MIME type that `Downloads` tells. */
const bytes = { '*/*': { schema: { type: 'string' as const, format: 'binary' } } }

const conditions = z.object({
  Range: z
    .string()
    .optional()
    .meta({ description: 'A part of the file (RFC 9110 14.2)', examples: ['bytes=0-99'] }),
  'If-Range': z
    .string()
    .optional()
    .meta({ description: 'The `ETag` for which `Range` counts; else the whole file comes' }),
  'If-None-Match': z.string().optional().meta({ description: 'The `ETag` of what the caller has already' }),
})

const fileHeaders = z.object({
  ETag: z.string().meta({ description: 'SHA-256 of the whole file, quoted' }),
  'Accept-Ranges': z.literal('bytes'),
  'Content-Disposition': z.string(),
})
