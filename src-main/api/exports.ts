import { Readable } from 'node:stream'
import { z } from 'zod'
import { timeLimits } from '../../src-contract/operations.ts'
import type { Cabinet } from '../catalogue/cabinet.ts'
import { authorise } from './authorise.ts'
import { checked } from './checked.ts'
import { deadline } from './deadline.ts'
import { createSection, noQuery, refusals } from './operation.ts'

/** The whole cabinet as one file (additions.md). */
export function exportSection({ admin, tokens }: Cabinet) {
  const section = createSection()
  section.openAPIRegistry.registerPath({
    operationId: 'exportCabinet',
    security: [{ User: [] }],
    method: 'get',
    path: '/admin/export',
    tags: ['Admin'],
    summary: 'Return the whole cabinet as one zip',
    description: 'Rows as JSON, files by SHA-256, history included, secrets not. Another cabinet imports it.',
    responses: {
      200: {
        description: 'The archive, as the cabinet stands at this moment',
        headers: z.object({ 'Content-Disposition': z.string() }),
        content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
      },
      ...refusals,
    },
  })
  section.get(
    '/admin/export',
    authorise(tokens, 'admin'),
    deadline(timeLimits.exportCabinet),
    checked('query', noQuery),
    (context) => {
      const { fileName, stream } = admin.export()
      return context.body(Readable.toWeb(stream), 200, {
        'Content-Type': 'application/zip',
        'Content-Disposition': `attachment; filename="${fileName}"`,
        'Cache-Control': 'no-store',
      })
    },
  )
  return section
}
