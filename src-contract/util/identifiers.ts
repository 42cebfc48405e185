import { z } from 'zod'

/** A UUID in lower case; upper case is accepted, since people paste it. */
export const Uuid = z
  .string()
  .regex(/^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/, 'must be a UUID')
  .toLowerCase()
  .meta({ format: 'uuid', examples: ['14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10'] })
export type Uuid = z.infer<typeof Uuid>

/** As a `Catalogue` filter it means "in no catalogue" (contract.md 3). */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000'

/** ISO 8601 in UTC. */
export const Timestamp = z.string().meta({ format: 'date-time', examples: ['2026-11-02T20:17:21.303Z'] })

export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256 as 64 hexadecimal digits' })
