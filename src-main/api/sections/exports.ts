import { Readable } from 'node:stream'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import { CHOOSE_BY_FILTER } from '../../../src-contract/contract/functions/selection.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { ListingService } from '../../cabinet/listing/listing.ts'
import { functionsChosenBy, selectedFunctions } from '../../cabinet/listing/selection.ts'
import type { ApiContext } from '../middleware/environment.ts'
import { createSection } from '../middleware/operation.ts'
import { createPreparedExports } from '../transfer/prepared-exports.ts'
import { attachment } from '../transfer/send-file.ts'

/** The whole cabinet, or some of its functions, as one file for another cabinet or for people (contract.md 6). */
export function exportSection(cabinet: Cabinet) {
  const { admin, folders, listing } = cabinet
  const { app, respond, serve } = createSection(cabinet)
  const prepared = createPreparedExports()
  respond(operations.exportCabinet, async ({ query, signal, context, caller }) => {
    const some = Object.keys(query).length > 0
    return sendZip(context, admin.export(some ? await selected(listing, query, { caller, signal }) : undefined))
  })
  serve(
    operations.prepareExport,
    async ({ body: { As, DryRun, ...body }, caller, signal }) => {
      const chosen = await selectedFunctions(listing, body, { caller, signal })
      const found = await listing.uuids({ Functions: [...chosen] }, { signal })
      return DryRun ? cabinet.functions.named(found) : prepared.add(found, As)
    },
    `A request ${CHOOSE_BY_FILTER}.`,
  )
  respond(operations.exportPrepared, ({ params, context }) => {
    const { functions, as } = prepared.get(params.uuid)
    return sendZip(context, as === 'folders' ? folders.many(functions) : admin.export(functions))
  })
  respond(operations.downloadFolder, async ({ params, signal, context }) =>
    sendZip(context, await folders.one(params.uuid, { signal })),
  )
  return app
}

function sendZip(context: ApiContext, { fileName, stream }: { fileName: string; stream: Readable }) {
  return context.body(Readable.toWeb(stream), 200, {
    'Content-Type': 'application/zip',
    // curl -J knows the plain form only.
    'Content-Disposition': /^[\w .()-]+$/.test(fileName) ? `attachment; filename="${fileName}"` : attachment(fileName),
    'Cache-Control': 'no-store',
  })
}

/** @throws Problem `invalid` where no function passes the filters. */
async function selected(
  listing: ListingService,
  query: ListingQuery,
  options: { caller: Caller; signal: AbortSignal },
): Promise<string[]> {
  const uuids = await functionsChosenBy(listing, query, options)
  if (uuids.length === 0) throw new Problem('invalid', 'No models match these filters, so there is nothing to export.')
  return uuids
}
