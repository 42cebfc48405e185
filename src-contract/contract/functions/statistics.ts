import { z } from 'zod'
import { Timestamp } from '../../util/identifiers.ts'

/** `GET /functions/statistics` (contract.md 2). Dates are null in an empty cabinet; events are the audit log's entries. */
export const Statistics = z
  .strictObject({
    FirstInsertedAt: Timestamp.nullable(),
    FirstUpdatedAt: Timestamp.nullable(),
    LastInsertedAt: Timestamp.nullable(),
    LastUpdatedAt: Timestamp.nullable(),
    NumberOfEvents: z.int().nonnegative(),
    NumberOfEventsLast30: z.int().nonnegative().meta({ description: 'Events of the last 30 days' }),
    Total: z.int().nonnegative().meta({ description: 'Functions that are not in the trash' }),
  })
  .meta({ id: 'Statistics' })
export type Statistics = z.infer<typeof Statistics>
