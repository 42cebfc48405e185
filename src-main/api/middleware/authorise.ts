import type { MiddlewareHandler } from 'hono'
import { jwtVerify } from 'jose'
import type { Caller, Scope } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { TokenService } from '../../cabinet/tokens/token-service.ts'
import type { ApiContext, Environment } from './environment.ts'

const rank: Record<Scope, number> = { read: 0, write: 1, admin: 2 }
const allowed: Record<Scope, string> = { read: 'read', write: 'read and change', admin: 'administer' }

/** Lets an operation be called by whoever has the scope (contract.md 7), and notes who it was. */
export function authorise(tokens: TokenService, scope: Scope): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const caller = context.env?.caller ?? (await bearer(tokens, context))
    if (rank[caller.scope] < rank[scope]) {
      throw new Problem(
        'forbidden',
        `This token may only ${allowed[caller.scope]}; this operation needs one that may ${allowed[scope]}.`,
      )
    }
    context.set('caller', caller)
    await next()
  }
}

async function bearer(tokens: TokenService, context: ApiContext): Promise<Caller> {
  const header = context.req.header('authorization')
  if (header === undefined) {
    throw new Problem(
      'unauthenticated',
      'A token is required: send the header "Authorization: Bearer <token>". The first token is in the file "token" in the data folder.',
    )
  }
  const secret = /^Bearer +([\x21-\x7e]+) *$/i.exec(header)?.[1]
  const caller = secret === undefined ? null : (tokens.authenticate(secret) ?? (await signed(tokens, secret, 'access')))
  if (!caller) throw new Problem('unauthenticated', 'This token is unknown, revoked or expired.')
  return { name: caller.name, scope: caller.scope }
}

export type SignedUse = 'access' | 'refresh'

/** Whose signed token (`/auth`) this is; null where it is none, is for another use, is out of date, or its token was revoked. */
export async function signed(
  tokens: TokenService,
  secret: string,
  use: SignedUse,
): Promise<(Caller & { uuid: string }) | null> {
  if (secret.split('.').length !== 3) return null
  try {
    const { payload } = await jwtVerify(secret, tokens.key('auth'), { algorithms: ['HS256'], audience: use })
    return payload.sub === undefined ? null : tokens.find(payload.sub)
  } catch {
    return null
  }
}
