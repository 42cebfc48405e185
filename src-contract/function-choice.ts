import { z } from 'zod'
import { Uuid } from './identifiers.ts'

const listQuery = z.record(z.string(), z.string()).meta({ description: 'Parameters of `GET /functions`' })

/** Which functions a request is for, as keys of its body: by UUID or by the query of the list, less some. */
export const functionChoice = {
  Functions: z.array(Uuid).min(1).max(1_000_000).optional(),
  Filter: listQuery.optional(),
  Except: z
    .strictObject({ Functions: z.array(Uuid).max(1_000_000).optional(), Filter: listQuery.optional() })
    .optional()
    .meta({ description: 'Functions that are left out, such as those that are as wanted already' }),
}
const FunctionChoice = z.strictObject(functionChoice)
export type FunctionChoice = z.infer<typeof FunctionChoice>

/** The body of `POST /admin/export`. */
export const ExportRequest = FunctionChoice.refine(
  ({ Functions, Filter }) => (Functions === undefined) !== (Filter === undefined),
  'must have either Functions or Filter',
).meta({ id: 'ExportRequest' })
export type ExportRequest = z.infer<typeof ExportRequest>

/** Functions that wait for `GET /admin/export/{uuid}`. */
export const PreparedExport = z
  .strictObject({ UUID: Uuid, Count: z.int().positive().meta({ description: 'How many functions it has' }) })
  .meta({ id: 'PreparedExport' })
export type PreparedExport = z.infer<typeof PreparedExport>
