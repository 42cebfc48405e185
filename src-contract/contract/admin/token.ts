import { z } from 'zod'
import { Timestamp, Uuid } from '../../util/identifiers.ts'
import { name } from '../../util/text.ts'
import { Scope } from './caller.ts'

/** A row of `GET /admin/tokens`; the secret is told once, when it is made. */
export const Token = z
  .strictObject({
    UUID: Uuid,
    Name: z.string(),
    Scope,
    InsertedAt: Timestamp,
    LastUsedAt: Timestamp.nullable(),
    RevokedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Token' })
export type Token = z.infer<typeof Token>

export const NewToken = Token.extend({
  Secret: z.string().meta({ description: 'Shown only once; the cabinet keeps only its digest' }),
}).meta({ id: 'NewToken' })
export type NewToken = z.infer<typeof NewToken>

export const TokenRequest = z.strictObject({ Name: name, Scope }).meta({ id: 'TokenRequest' })
export type TokenRequest = z.infer<typeof TokenRequest>
