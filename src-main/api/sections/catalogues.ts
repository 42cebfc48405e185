import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { mountPoint } from '../middleware/mount-point.ts'
import { createSection, doneBody } from '../middleware/operation.ts'

/** Operations 1 to 5 (contract.md 1). */
export function catalogueSection(cabinet: Cabinet) {
  const { catalogues, listing } = cabinet
  const { app, serve } = createSection(cabinet)
  serve(operations.deleteCatalogue, ({ caller, params }) => {
    catalogues.remove(caller, params.uuid)
    return doneBody
  })
  serve(operations.getCatalogue, async ({ params: { uuid }, query: { Limit }, signal, context }) => {
    const catalogue = catalogues.get(uuid)
    if (Limit === 0) return { ...catalogue, Functions: [] }
    const { rows, total } = await listing.list({ Catalogue: uuid, Limit }, { signal })
    if (total > rows.length) {
      const next = `/functions?Catalogue=${uuid}&Offset=${rows.length}&Limit=${Limit}`
      context.header('Link', `<${mountPoint(context.req.path)}${next}>; rel="next"`)
    }
    return { ...catalogue, Functions: rows }
  })
  serve(operations.editCatalogue, ({ caller, params, body }) => {
    catalogues.rename(caller, params.uuid, body)
    return doneBody
  })
  serve(operations.listCatalogues, ({ query: { Organisation } }) =>
    catalogues.list(Organisation === undefined ? {} : { organisation: Organisation }),
  )
  serve(operations.addCatalogue, ({ caller, body }) => catalogues.create(caller, body))
  return app
}
