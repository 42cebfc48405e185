import { z } from 'zod'

const TruncatedKey = z.enum([
  'Documentation',
  'InputDriverDetails',
  'OutputDriverDetails',
  'NamedInput',
  'NamedOutput',
  'StatedShapes',
  'Fields',
  'Catalogues',
])
export type TruncatedKey = z.infer<typeof TruncatedKey>

/** What a row of a list has only the beginning of, so that no model makes a list too large to be read. */
export const Truncated = z.partialRecord(TruncatedKey, z.int().positive()).meta({
  description:
    'What of this row is cut, and how long it is: characters of documentation, else entries. The whole is in `GET /function/{uuid}`',
  examples: [{ Documentation: 120_000 }],
})
export type Truncated = z.infer<typeof Truncated>
