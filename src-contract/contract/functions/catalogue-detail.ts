import { z } from 'zod'
import { Catalogue } from './catalogue.ts'
import { FunctionItem } from './function.ts'

/** The functions that `GET /catalogue/{uuid}` has where no `Limit` is given; the rest is behind `Link: rel=next`. */
export const CATALOGUE_FUNCTIONS = 100

/** `GET /catalogue/{uuid}` (contract.md 1, operation 2). */
export const CatalogueDetail = Catalogue.extend({
  Functions: z.array(FunctionItem).meta({ description: `The first ${CATALOGUE_FUNCTIONS} functions in it` }),
}).meta({ id: 'CatalogueDetail' })
export type CatalogueDetail = z.infer<typeof CatalogueDetail>
