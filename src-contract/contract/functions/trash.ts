import type { z } from 'zod'
import { Timestamp } from '../../util/identifiers.ts'
import { FunctionItem } from './function.ts'

/** A row of `GET /functions/trash` (contract.md 6). */
export const TrashItem = FunctionItem.extend({
  DeletedAt: Timestamp,
  PurgedAfter: Timestamp.meta({ description: 'From then on its files may be removed for good' }),
}).meta({ id: 'TrashItem' })
export type TrashItem = z.infer<typeof TrashItem>
