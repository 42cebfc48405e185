import { z } from 'zod'
import { Uuid } from '../../util/identifiers.ts'

export const Organisation = z
  .strictObject({ UUID: Uuid, Name: z.string().meta({ examples: ['My models'] }) })
  .meta({ id: 'Organisation' })
export type Organisation = z.infer<typeof Organisation>
