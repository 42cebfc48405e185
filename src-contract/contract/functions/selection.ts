import { z } from 'zod'
import { Uuid } from '../../util/identifiers.ts'
import { groupedNumber } from '../../words/human-number.ts'
import { oneOf } from './one-of.ts'

const listQuery = z.record(z.string(), z.string()).meta({ description: 'Parameters of `GET /functions`' })

/** Two such lists stay below the largest JSON body. */
const MOST = 100_000

/** What to do where functions are more than a request can name. */
export const CHOOSE_BY_FILTER = `must name at most ${groupedNumber(MOST)} functions by UUID; choose more by Filter`

const uuids = z.array(Uuid).max(MOST, CHOOSE_BY_FILTER)

/**
 * Which functions a request is for, as keys of its body: by UUID, by the query of the list, or all, less some. A query that leaves out
 * nothing is refused: a search whose words were lost must not change the whole cabinet.
 */
export const functionChoice = {
  Functions: uuids.min(1).optional(),
  Filter: listQuery.optional(),
  All: z.literal(true).optional().meta({ description: 'Every function that is not in the trash' }),
  Except: z
    .strictObject({ Functions: uuids.optional(), Filter: listQuery.optional() })
    .optional()
    .meta({ description: 'Functions that are left out, such as those that are as wanted already' }),
  DryRun: z.boolean().optional().meta({ description: 'Changes nothing and answers which functions are meant' }),
}

/** What is meant, where a request asks for no more than that. */
export const ChosenFunctions = z
  .strictObject({
    Total: z.int().nonnegative(),
    Sample: z.array(z.strictObject({ Name: z.string(), UUID: Uuid })).meta({ description: 'At most 20 of them' }),
  })
  .meta({ id: 'ChosenFunctions' })
export type ChosenFunctions = z.infer<typeof ChosenFunctions>
const FunctionChoice = z.strictObject(functionChoice)
export type FunctionChoice = z.infer<typeof FunctionChoice>

/** The body of `POST /admin/export`. */
export const ExportRequest = oneOf(
  FunctionChoice.extend({
    As: z.enum(['cabinet', 'folders']).default('cabinet').meta({
      description:
        'cabinet: for another cabinet; folders: for people, a folder for each model and an index as CSV and HTML',
    }),
  }),
  'ExportRequest',
  ['Functions', 'Filter', 'All'],
)
export type ExportRequest = z.infer<typeof ExportRequest>

/** Functions that wait for `GET /admin/export/{uuid}`. */
export const PreparedExport = z
  .strictObject({ UUID: Uuid, Count: z.int().positive().meta({ description: 'How many functions it has' }) })
  .meta({ id: 'PreparedExport' })
export type PreparedExport = z.infer<typeof PreparedExport>
